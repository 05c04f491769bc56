//! Where requests go, and what all of them have: the options that every command takes.

use api_request::{Client, Secret};
use clap::{ArgMatches, Args, parser::ValueSource};
use openrouter::{BASE_URL, fake::Fake, named::Named};
use serde_json::{Map, Value};

use super::failure::Failure;

/// The options as they are written.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Connection")]
pub(super) struct Options {
    /// The API key; a command line can be seen by others on the machine, so the environment is the better place
    #[arg(
        long,
        env = "OPENROUTER_API_KEY",
        hide_env_values = true,
        global = true,
        value_name = "KEY"
    )]
    api_key: Option<Secret<String>>,
    /// Where the API is
    #[arg(long, env = "OPENROUTER_BASE_URL", global = true, value_name = "URL", default_value = BASE_URL)]
    base_url: String,
    /// URL of the app, which rankings know it by
    #[arg(
        long,
        env = "OPENROUTER_HTTP_REFERER",
        global = true,
        value_name = "URL"
    )]
    http_referer: Option<String>,
    /// Name of the app
    #[arg(
        long,
        env = "OPENROUTER_APP_TITLE",
        global = true,
        value_name = "TITLE"
    )]
    app_title: Option<String>,
    /// Categories of the app, separated by commas
    #[arg(
        long,
        env = "OPENROUTER_APP_CATEGORIES",
        global = true,
        value_name = "LIST"
    )]
    app_categories: Option<String>,
    /// Asks a stand-in inside of this program instead of the API; it begins empty, and forgets all at the end
    #[arg(long, global = true)]
    offline: bool,
    /// Shows secrets in what `--dry-run` prints, which has variables in their place otherwise
    #[arg(long, global = true)]
    show_secrets: bool,
    /// Whether the key is one that must not be shown.
    #[arg(skip)]
    has_hidden_key: bool,
}

impl Options {
    pub(super) fn new(matches: &ArgMatches) -> Result<Self, Failure> {
        let mut options: Self = super::parse(matches)?;
        let source = matches.value_source("api_key");
        options.has_hidden_key = source == Some(ValueSource::EnvVariable);
        Ok(options)
    }
}

/// What requests are sent with.
#[derive(Debug)]
pub(super) struct Connection {
    options: Options,
    /// The client of the options.
    pub(super) client: Client,
    /// Answers as long as it is there.
    _fake: Option<Fake>,
}

impl Connection {
    pub(super) async fn open(options: &Options) -> Result<Self, Failure> {
        let mut options = options.clone();
        let mut fake = None;
        if options.offline {
            let started = Fake::start().await;
            let started = started.map_err(Failure::io("the stand-in cannot start"))?;
            options.base_url = started.base_url();
            // A key of the environment is one of the API.
            if options.api_key.is_none() || options.has_hidden_key {
                options.api_key = Some(Fake::KEY.to_owned().into());
                options.has_hidden_key = false;
            }
            fake = Some(started);
        }
        let client = options.client()?;
        Ok(Self {
            options,
            client,
            _fake: fake,
        })
    }

    /// Where the API is.
    pub(super) fn base_url(&self) -> &str {
        &self.options.base_url
    }

    /// Fails if the operation needs a key, and there is none.
    pub(super) fn check_key(&self, named: &Named) -> Result<(), Failure> {
        if self.options.key().is_none() && named.needs_key() {
            return Err(Failure::no_key(named.operation().name()));
        }
        Ok(())
    }

    /// Whether the key comes from where it must not be shown.
    pub(super) fn has_hidden_key(&self) -> bool {
        self.options.has_hidden_key && !self.options.show_secrets
    }

    /// Whether secrets are printed.
    pub(super) fn shows_secrets(&self) -> bool {
        self.options.show_secrets
    }

    /// The same with options that a line of a batch has.
    pub(super) fn with(&self, client: &Value) -> Result<Self, Failure> {
        let changes = match client {
            Value::Null => &Map::new(),
            Value::Object(changes) => changes,
            _ => return Err(Failure::usage("`client` is no object")),
        };
        let mut options = self.options.clone();
        for (name, value) in changes.iter().filter(|(_, value)| !value.is_null()) {
            let text = || match value {
                Value::String(text) => Ok(text.clone()),
                _ => Err(Failure::usage(format!("`client.{name}` is no text"))),
            };
            match &**name {
                "api_key" => {
                    options.api_key = Some(text()?.into());
                    options.has_hidden_key = false;
                }
                "http_referer" => options.http_referer = Some(text()?),
                "app_title" => options.app_title = Some(text()?),
                "app_categories" => options.app_categories = Some(text()?),
                other => eprintln!("warning: the client has no option `{other}`"),
            }
        }
        let client = if changes.is_empty() {
            self.client.clone()
        } else {
            options.client()?
        };
        Ok(Self {
            options,
            client,
            _fake: None,
        })
    }
}

impl Options {
    /// The key, without the scheme of the header; an empty one is none.
    fn key(&self) -> Option<&str> {
        let key = self.api_key.as_ref()?;
        Some(without_scheme(key.expose())).filter(|key| !key.is_empty())
    }

    fn client(&self) -> Result<Client, Failure> {
        let mut builder = Client::builder(&*self.base_url);
        if let Some(key) = self.key() {
            builder = builder.bearer(key.to_owned());
        }
        for (name, value) in [
            ("HTTP-Referer", &self.http_referer),
            ("X-OpenRouter-Title", &self.app_title),
            ("X-OpenRouter-Categories", &self.app_categories),
        ] {
            if let Some(value) = value {
                builder = builder.header(name, value.clone());
            }
        }
        builder
            .build()
            .map_err(|error| Failure::usage(error.to_string()))
    }
}

/// A key that is given as the header has it, without the scheme.
fn without_scheme(key: &str) -> &str {
    match key.split_once(' ') {
        Some((scheme, key)) if scheme.eq_ignore_ascii_case("Bearer") => key,
        _ => key,
    }
}
