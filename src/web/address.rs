//! The address of the client, and the public address of this server. Forwarded headers count only if they come from a
//! trusted proxy; of several values the last one counts, which the nearest proxy added.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header;

use super::{App, header_text};
use crate::config::PublicUrl;

/// The longest address of a page that is gone back to.
const MAX_PATH: usize = 4_000;

/// The address of the client: the last forwarded address that is no trusted proxy, or else that of the connection.
pub fn client_address(req: &HttpRequest, app: &App) -> String {
    let Some(peer) = req.peer_addr().map(|addr| addr.ip()) else {
        return "unknown".into();
    };
    forwarded(req, app, "x-forwarded-for")
        .into_iter()
        .rev()
        .filter_map(|part| part.parse().ok())
        .find(|address| !app.trusted_proxies.contains(address))
        .unwrap_or(peer)
        .to_string()
}

/// Scheme, host and port under which people reach this server: `LS_PUBLIC_URL`, else what a trusted proxy forwards,
/// else the Host header, which has passed its check. Absolute links, examples and the check of a form's origin use
/// this.
pub fn public_address(req: &HttpRequest, app: &App) -> PublicUrl {
    if let Some(url) = &app.public_url {
        return url.clone();
    }
    let last = |name| forwarded(req, app, name).pop();
    let scheme = last("x-forwarded-proto").unwrap_or("http");
    let through_proxy =
        last("x-forwarded-host").and_then(|host| format!("{scheme}://{host}").parse().ok());
    let host = || {
        let host = header_text(req.headers(), header::HOST)?;
        format!("http://{host}").parse().ok()
    };
    through_proxy
        .or_else(host)
        .unwrap_or_else(|| PublicUrl::plain(app.bound_to))
}

/// The page of ours that a form was on, as the `Referer` header names it: a local path.
pub fn form_page(req: &HttpRequest, app: &App) -> Option<String> {
    let referer = header_text(req.headers(), header::REFERER)?;
    let (_, address) = referer.split_once("://")?;
    let path = address.strip_prefix(public_address(req, app).authority())?;
    let is_ours = path.starts_with("/admin") && path.len() <= MAX_PATH;
    is_ours.then(|| path.to_owned())
}

/// The values of a forwarded header, in order; none if the peer is not a trusted proxy.
fn forwarded<'a>(req: &'a HttpRequest, app: &App, name: &str) -> Vec<&'a str> {
    let peer: Option<IpAddr> = req.peer_addr().map(|addr| addr.ip());
    if !peer.is_some_and(|peer| app.trusted_proxies.contains(&peer)) {
        return Vec::new();
    }
    req.headers()
        .get_all(name)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect()
}
