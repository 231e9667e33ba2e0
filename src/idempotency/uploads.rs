//! An uploaded file is imported once. The answer is stored in the transaction of the import.

use actix_web::HttpResponse;

use super::forms::{answer_of, respond};
use crate::access::{PageRequest, Principal, form_keys};
use crate::db::Conn;
use crate::digest::sha256_hex;
use crate::error::Result;
use crate::web::Flash;

/// Stores the answer to the import of an upload: a redirect to `path` with a message.
///
/// # Errors
/// Returns an error if the database can't be written.
pub fn store_import(
    conn: &mut Conn,
    principal: &Principal,
    upload: &str,
    path: &str,
    flash: &Flash,
) -> Result<()> {
    let key = key_hash(principal, upload);
    form_keys::insert(conn, &key, principal.now)?;
    form_keys::set_answer(conn, &key, &answer_of(path, Some(flash)))
}

/// The answer to a form about an upload that was imported before; nothing if it was not.
///
/// # Errors
/// As [`PageRequest::read`].
pub async fn answer_imported(request: &PageRequest, upload: &str) -> Result<Option<HttpResponse>> {
    let upload = upload.to_owned();
    let find = request
        .read(move |conn, principal| form_keys::find_answer(conn, &key_hash(principal, &upload)));
    let answer = find.await?;
    Ok(answer.map(|answer| respond(request.app(), answer)))
}

fn key_hash(principal: &Principal, upload: &str) -> String {
    sha256_hex(&format!("upload {} {upload}", principal.user_id))
}
