use crate::access::password::{self, Password};
use crate::access::{User, UserForm, accounts, users};
use crate::commands::terminal::{read_password, say};
use crate::commands::{Desk, Failure, Outcome};
use crate::config::{CommandLine, UserCommand};
use crate::error::{Error, FieldErrors};

/// `user add`, `user list`, `user disable`, `user password`.
///
/// # Errors
/// What is wrong with what was asked.
pub async fn run(line: &CommandLine, command: UserCommand) -> Outcome {
    let desk = Desk::open(line).await?;
    let outcome = match command {
        UserCommand::Add {
            email, name, role, ..
        } => add(&desk, UserForm { name, email, role }).await,
        UserCommand::List => list(&desk).await,
        UserCommand::Disable { email } => disable(&desk, email).await,
        UserCommand::Password { email, .. } => set_password(&desk, email).await,
    };
    desk.close().await;
    outcome
}

async fn add(desk: &Desk, form: UserForm) -> Outcome {
    let fields = form.parse().map_err(Error::Invalid)?;
    let hash = hash_from_stdin(&form.email, &form.name)?;
    let actor = desk.actor.clone();
    let made = desk
        .db
        .write(move |conn| accounts::create(conn, &actor, &fields, &hash))
        .await?;
    say(format_args!(
        "Added {} as {}.",
        made.email,
        made.role.as_str()
    ))
}

/// One line for each user: address, name, role, and whether they may sign in, separated by tabs.
async fn list(desk: &Desk) -> Outcome {
    let all = desk.db.read(users::list_unlimited).await?;
    all.iter().try_for_each(|user| say(row(user)))
}

fn row(user: &User) -> String {
    let state = match user.is_enabled() {
        true => "enabled",
        false => "disabled",
    };
    [&user.email, &user.name, user.role.as_str(), state].join("\t")
}

async fn disable(desk: &Desk, email: String) -> Outcome {
    let actor = desk.actor.clone();
    let user = desk
        .db
        .write(move |conn| {
            let user = accounts::by_email(conn, &email)?;
            accounts::disable(conn, &actor, user.id)
        })
        .await?;
    accounts::wait_for_writes(&desk.db, user.id).await;
    say(format_args!("Disabled {}.", user.email))
}

async fn set_password(desk: &Desk, email: String) -> Outcome {
    let user = desk
        .db
        .read(move |conn| accounts::by_email(conn, &email))
        .await?;
    let hash = hash_from_stdin(&user.email, &user.name)?;
    let (actor, id) = (desk.actor.clone(), user.id);
    desk.db
        .write(move |conn| accounts::set_password(conn, &actor, id, &hash, None))
        .await?;
    accounts::wait_for_writes(&desk.db, id).await;
    say(format_args!("Set a new password for {}.", user.email))
}

fn hash_from_stdin(email: &str, name: &str) -> Result<String, Failure> {
    let password = Password::parse(&read_password()?, email, name)
        .map_err(|message| Error::Invalid(FieldErrors::one("password", message)))?;
    Ok(password::hash(&password)?)
}
