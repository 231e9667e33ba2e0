//! The command `token`.

use crate::access::accounts;
use crate::api_tokens::{TokenForm, issue};
use crate::commands::context::CommandContext;
use crate::commands::outcome::Outcome;
use crate::commands::terminal::say;
use crate::config::{CommandLine, TokenCommand};

/// `token add`: the token is alone on the last line.
///
/// # Errors
/// Returns what is wrong with the arguments.
pub async fn run(line: &CommandLine, command: TokenCommand) -> Outcome {
    let TokenCommand::Add {
        owner,
        name,
        scopes,
        expires_days,
    } = command;
    let form = TokenForm {
        name,
        scopes,
        expires_days: expires_days
            .map(|days| days.to_string())
            .unwrap_or_default(),
        owner: String::new(),
    };
    let context = CommandContext::open(line).await?;
    let actor = context.actor.clone();
    let issued = context
        .db
        .write(move |conn| {
            let user = accounts::by_email(conn, &owner)?;
            issue(conn, &actor, &user, &form)
        })
        .await;
    context.close().await;
    let (token, secret) = issued?;
    say(format_args!(
        "The token “{}” of {}; it is shown only this once:",
        token.name, token.owner_email
    ))?;
    say(secret.reveal())
}
