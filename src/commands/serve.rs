//! The command `serve`.

use std::net::SocketAddr;

use crate::app::Application;
use crate::commands::outcome::{Failure, Outcome};
use crate::commands::terminal::try_to_say;
use crate::config::{Config, PublicUrl};
use crate::demo;
use crate::sessions::new_setup_code;

use crate::config::CommandLine;

/// Migrates, prints where to go, and serves until it is stopped.
///
/// # Errors
/// Returns [`Failure::Start`] if the server can't start.
pub async fn serve(line: &CommandLine) -> Outcome {
    let config = line.config();
    let app = Application::build(config.clone()).await?;
    let url = address(&config, app.port());
    if config.is_demo {
        let login = demo::fill(&app.db(), config.clock.now(), config.language).await?;
        try_to_say(&url);
        try_to_say(format_args!(
            "Sign in as {} with the password {}",
            login.email, login.password
        ));
    } else {
        try_to_say(&url);
        let now = config.clock.now();
        let code = app
            .db()
            .write(move |conn| new_setup_code(conn, now))
            .await?;
        if let Some(code) = code {
            try_to_say(format_args!(
                "Set it up within 24 hours at {url}/admin/setup?code={code}"
            ));
        }
    }
    app.run()
        .await
        .map_err(|cause| Failure::Refused(format!("The server failed: {cause}.")))
}

/// The address to open: the public one, else the one that was bound.
fn address(config: &Config, port: u16) -> String {
    match &config.public_url {
        Some(url) => PublicUrl::origin(url),
        None => format!("http://{}", SocketAddr::new(config.bind.ip(), port)),
    }
}
