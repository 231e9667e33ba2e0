//! The users of the tests, equal in every database.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use lead_statuses::access::password::{self, Password};
use lead_statuses::db::DatabaseUrl;
use lead_statuses::digest::PasswordCost;

use super::execute;

/// A user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    pub name: &'static str,
    pub email: &'static str,
    pub password: &'static str,
    pub role: &'static str,
}

const fn person(
    name: &'static str,
    email: &'static str,
    password: &'static str,
    role: &'static str,
) -> Person {
    Person {
        name,
        email,
        password,
        role,
    }
}

/// RevOps.
pub const ALICE: Person = person(
    "Alice Pop",
    "alice@example.com",
    "alice likes long walks",
    "admin",
);
/// A sales manager.
pub const MARA: Person = person(
    "Mara Ionescu",
    "mara@example.com",
    "mara likes long walks",
    "manager",
);
/// A sales rep.
pub const RADU: Person = person(
    "Radu Stănescu",
    "radu@example.com",
    "radu likes long walks",
    "rep",
);
/// An auditor.
pub const VERA: Person = person(
    "Vera Lind",
    "vera@example.com",
    "vera likes long walks",
    "viewer",
);
/// An administrator who has left.
pub const DAN: Person = person(
    "Dan Gone",
    "dan@example.com",
    "dan likes long walks too",
    "admin",
);

/// Everyone who can sign in, in the order of their rights.
pub const PEOPLE: [Person; 4] = [ALICE, MARA, RADU, VERA];

/// Everyone's token with all scopes: e-mail address and token.
pub type Tokens = Vec<(&'static str, String)>;

/// Sets the database and the directory of a command.
pub fn environment<'a>(command: &'a mut Command, url: &DatabaseUrl, dir: &Path) -> &'a mut Command {
    let address = match url {
        DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
        DatabaseUrl::Postgres(url) => url.clone(),
    };
    command
        .env("DATABASE_URL", address)
        .env("LS_DATA_DIR", dir.join("data"))
        .env("LS_LOG", "warn")
        .current_dir(dir)
}

/// Runs the program itself on a database.
pub fn program(url: &DatabaseUrl, dir: &Path, arguments: &[&str], input: &str) -> Output {
    let file = dir.join(format!("input-{}", arguments.join("-").replace('/', "")));
    std::fs::write(&file, input).expect("a file");
    let stdin = std::fs::File::open(&file).expect("the file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_lead-statuses"));
    command.args(arguments);
    let output = environment(&mut command, url, dir)
        .stdin(Stdio::from(stdin))
        .output()
        .expect("the program");
    std::fs::remove_file(file).expect("still there");
    output
}

/// Starts a command of the program on a database.
pub fn begin(url: &DatabaseUrl, dir: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lead-statuses"));
    command.args(arguments);
    environment(&mut command, url, dir)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program")
}

/// Makes the accounts and a token for each, through the command line.
pub fn create_users(url: &DatabaseUrl, dir: &Path) -> Tokens {
    let run = |arguments: &[&str], input: &str| {
        let done = program(url, dir, arguments, input);
        let stderr = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{arguments:?}: {stderr}");
        String::from_utf8(done.stdout).expect("UTF-8")
    };
    let mut tokens = Tokens::new();
    for who in PEOPLE.into_iter().chain([DAN]) {
        let user = [
            "user",
            "add",
            "--email",
            who.email,
            "--name",
            who.name,
            "--role",
            who.role,
            "--password-stdin",
        ];
        run(&user, who.password);
        let scopes = if who.role == "admin" {
            "read,write,delete"
        } else {
            "read"
        };
        let token = [
            "token", "add", "--owner", who.email, "--name", "suite", "--scopes", scopes,
        ];
        let stdout = run(&token, "");
        let token = stdout.trim_end().lines().last().unwrap_or_default();
        tokens.push((who.email, token.to_owned()));
    }
    run(&["user", "disable", DAN.email], "");
    adjust(url);
    tokens
}

/// Tokens with more scopes than their owner's role, as if the role had been lowered since.
const WIDEN_SCOPES: &str = "update api_tokens set scopes = 'read,write,delete';";

/// The statement that stores a person's password hashed at the cost of the servers of the tests, which check it many times.
fn store_at_least_cost(who: Person) -> String {
    let Ok(password) = Password::parse(who.password, who.email, who.name) else {
        panic!("{} has no password", who.name)
    };
    let hash = password::hash(&password, PasswordCost::LEAST).expect("random bytes");
    let email = who.email;
    format!("update users set password_hash = '{hash}' where email = '{email}';")
}

/// Sets cheap password hashes and wider scopes, which the command line can't.
fn adjust(url: &DatabaseUrl) {
    let everyone = PEOPLE.into_iter().chain([DAN]);
    let statements = everyone.map(store_at_least_cost).collect::<String>() + WIDEN_SCOPES;
    execute(url, &statements);
}
