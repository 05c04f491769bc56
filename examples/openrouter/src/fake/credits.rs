//! The credits of the account: those that it was given, and those that its requests to models have used.

use super::{prelude::*, refusal::gone};
use crate::credits as api;

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(read).on(charge)
}

async fn read(state: Held, _: api::GetCredits) -> Answer<api::GetCredits> {
    let costs = state.generations.iter().map(|it| it.data.total_cost);
    let data = api::Credits {
        total_credits: 100.0,
        // An empty `sum` is -0.
        total_usage: costs.fold(0.0, |sum, cost| sum + cost),
    };
    Ok(api::GetCreditsResponse { data })
}

async fn charge(_: Held, _: api::CreateCoinbaseCharge) -> Answer<api::CreateCoinbaseCharge> {
    Err(gone("credits are no longer sold this way"))
}
