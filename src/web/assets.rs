//! The built assets: embedded in the binary, unpacked into the data directory at start, and served from
//! there with their precompressed variants. Names carry a hash, so that browsers may keep them for ever.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use actix_files::Files;
use actix_web::dev::{HttpServiceFactory, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::from_fn;
use actix_web::web;

/// A file that pages link to.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// The name it was built from, without a hash.
    pub name: &'static str,
    /// The file's name, with its hash.
    pub file: &'static str,
    /// Where browsers find it.
    pub url: &'static str,
    pub bytes: &'static [u8],
    /// Brotli, for files of text.
    pub br: Option<&'static [u8]>,
    /// Gzip, for files of text.
    pub gz: Option<&'static [u8]>,
}

impl Asset {
    /// The number of bytes a current browser transfers.
    pub fn transfer_size(&self) -> usize {
        self.br.unwrap_or(self.bytes).len()
    }
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Browsers keep a file whose name carries a hash.
const CACHE_FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const RULES_TYPE: HeaderValue = HeaderValue::from_static("application/speculationrules+json");

/// The value of the header `Speculation-Rules`: which links a browser may fetch on hover.
pub fn speculation_rules() -> String {
    format!("\"{}\"", SPECULATION_JSON.url)
}

/// Writes the assets below `data_dir`, once for each set of them, and returns their directory.
///
/// # Errors
/// Returns the errors of the file system.
pub fn unpack(data_dir: &Path) -> io::Result<PathBuf> {
    let parent = data_dir.join("assets");
    let dir = parent.join(SET);
    if is_complete(&dir) {
        return Ok(dir);
    }
    fs::create_dir_all(&parent)?;
    let draft = parent.join(format!(".{SET}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&draft);
    fs::create_dir_all(&draft)?;
    for asset in ALL {
        write_one(&draft, asset)?;
    }
    let _ = fs::remove_dir_all(&dir);
    match fs::rename(&draft, &dir) {
        // Another process has put these files there.
        Err(_) if is_complete(&dir) => fs::remove_dir_all(&draft)?,
        result => result?,
    }
    Ok(dir)
}

/// True if every file is there with its full length.
fn is_complete(dir: &Path) -> bool {
    let has = |name: String, bytes: &[u8]| {
        fs::metadata(dir.join(name))
            .is_ok_and(|file| file.is_file() && file.len() == bytes.len() as u64)
    };
    ALL.iter().all(|asset| {
        variants(asset).all(|(suffix, bytes)| has(format!("{}{suffix}", asset.file), bytes))
    })
}

fn write_one(dir: &Path, asset: &Asset) -> io::Result<()> {
    for (suffix, bytes) in variants(asset) {
        let mut file = fs::File::create(dir.join(format!("{}{suffix}", asset.file)))?;
        file.write_all(bytes)?;
        // Later only the length is checked, which after a power cut may be there without the content.
        file.sync_all()?;
    }
    Ok(())
}

fn variants(asset: &Asset) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let packed = [(".br", asset.br), (".gz", asset.gz)];
    std::iter::once(("", asset.bytes)).chain(
        packed
            .into_iter()
            .filter_map(|(suffix, bytes)| Some((suffix, bytes?))),
    )
}

/// Serves the unpacked assets under `/static/`.
pub fn service(dir: &Path) -> impl HttpServiceFactory + use<> {
    let files = Files::new("", dir).try_compressed().prefer_utf8(true);
    web::scope("/static")
        .wrap(from_fn(set_cache_headers))
        .service(files)
}

async fn set_cache_headers(
    request: actix_web::dev::ServiceRequest,
    next: actix_web::middleware::Next<actix_web::body::BoxBody>,
) -> Result<ServiceResponse<actix_web::body::BoxBody>, actix_web::Error> {
    let is_rules = request.path() == SPECULATION_JSON.url;
    let mut response = next.call(request).await?;
    let status = response.status();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_DISPOSITION);
    if status.is_success() || status == actix_web::http::StatusCode::NOT_MODIFIED {
        headers.insert(header::CACHE_CONTROL, CACHE_FOR_EVER);
        if is_rules {
            headers.insert(header::CONTENT_TYPE, RULES_TYPE);
        }
    } else {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KB: usize = 1024;

    #[test]
    fn the_assets_keep_to_their_budget() {
        assert!(
            APP_JS.transfer_size() <= 22 * KB,
            "JavaScript: {}",
            APP_JS.transfer_size()
        );
        assert!(
            STYLE_CSS.transfer_size() <= 12 * KB,
            "CSS: {}",
            STYLE_CSS.transfer_size()
        );
        let romanian = [
            APP_JS,
            STYLE_CSS,
            ICONS_SVG,
            FAVICON_SVG,
            GEIST_LATIN_WGHT_NORMAL_WOFF2,
            GEIST_LATIN_EXT_WGHT_NORMAL_WOFF2,
        ];
        let view: usize = romanian.iter().map(Asset::transfer_size).sum();
        assert!(view <= 85 * KB, "first view: {view}");
    }

    #[test]
    fn unpacking_twice_leaves_one_complete_folder() {
        let dir = tempfile::tempdir().unwrap();
        let folder = unpack(dir.path()).unwrap();
        assert!(is_complete(&folder));
        fs::write(folder.join(STYLE_CSS.file), "cut off").unwrap();
        assert!(!is_complete(&folder));
        assert_eq!(unpack(dir.path()).unwrap(), folder);
        assert!(is_complete(&folder));
        assert_eq!(fs::read_dir(dir.path().join("assets")).unwrap().count(), 1);
    }

    #[actix_web::test]
    async fn they_are_served_packed_for_ever_and_by_their_type() {
        let dir = tempfile::tempdir().unwrap();
        let folder = unpack(dir.path()).unwrap();
        let app =
            actix_web::test::init_service(actix_web::App::new().service(service(&folder))).await;
        let get = |asset: &Asset| {
            actix_web::test::TestRequest::get()
                .uri(asset.url)
                .insert_header((header::ACCEPT_ENCODING, "gzip, br"))
                .to_request()
        };
        for (asset, kind, encoding) in [
            (STYLE_CSS, "text/css; charset=utf-8", "br"),
            (APP_JS, "text/javascript", "br"),
            (SPECULATION_JSON, "application/speculationrules+json", "br"),
            (GEIST_LATIN_WGHT_NORMAL_WOFF2, "font/woff2", ""),
        ] {
            let response = actix_web::test::call_service(&app, get(&asset)).await;
            let text = |name: &str| {
                let value = response
                    .headers()
                    .get(name)
                    .map(|value| value.to_str().unwrap());
                value.unwrap_or_default().to_owned()
            };
            assert_eq!(text("content-type"), kind);
            assert_eq!(text("content-encoding"), encoding);
            assert_eq!(text("cache-control"), CACHE_FOR_EVER.to_str().unwrap());
        }
        let missing = actix_web::test::TestRequest::get()
            .uri("/static/none.css")
            .to_request();
        let response = actix_web::test::call_service(&app, missing).await;
        assert_eq!(response.status(), 404);
        assert_eq!(response.headers().get("cache-control").unwrap(), "no-store");
    }

    #[test]
    fn every_icon_that_is_named_is_in_the_sprite() {
        let sprite = std::str::from_utf8(ICONS_SVG.bytes).unwrap();
        let mut files = Vec::new();
        for folder in ["templates", "src"] {
            collect(
                &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
                &mut files,
            );
        }
        let starts = [
            "ui::icon(\"",
            "ui::empty(\"",
            "icon: \"",
            "icon=\"",
            "ICONS_SVG.url }}#",
        ];
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            for start in starts {
                for rest in text.split(start).skip(1) {
                    let name: String = rest
                        .chars()
                        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                        .collect();
                    let is_known = name.is_empty() || sprite.contains(&format!("id=\"{name}\""));
                    assert!(is_known, "{}: no icon {name}", file.display());
                }
            }
        }
    }

    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, files)
            } else {
                files.push(path)
            }
        }
    }
}
