//! The program: parses the command line and calls the library.

use std::process::ExitCode;

use clap::Parser;
use lead_statuses::Application;
use lead_statuses::config::{CommandLine, LogFormat, refuse_unknown_variables};
use lead_statuses::db::StartError;

fn main() -> ExitCode {
    let line = CommandLine::parse();
    if let Err(StartError(sentence)) = refuse_unknown_variables() {
        eprintln!("{sentence}");
        return ExitCode::from(2);
    }
    start_log(&line);
    match actix_web::rt::System::new().block_on(serve(&line)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(StartError(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::from(2)
        }
    }
}

async fn serve(line: &CommandLine) -> Result<(), StartError> {
    let app = Application::build(line.config()).await?;
    println!("http://{}:{}", line.options.bind.ip(), app.port());
    app.run()
        .await
        .map_err(|e| StartError(format!("The server failed: {e}.")))
}

fn start_log(line: &CommandLine) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_new(&line.options.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match line.options.log_format {
        LogFormat::Json => log.json().init(),
        LogFormat::Text => log.init(),
    }
}
