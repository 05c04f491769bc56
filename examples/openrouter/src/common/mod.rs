//! Types that operations of several resources share.

mod models;
mod plugins;
mod provider_names;
mod routing;
mod server_tools;
mod stop_conditions;
mod values;

pub use self::{
    models::*, plugins::*, provider_names::*, routing::*, server_tools::*, stop_conditions::*,
    values::*,
};
