use std::io::Read;
use std::time::Duration;

use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderMap, HeaderValue};
use reqwest::multipart::{Form, Part};
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder};

use super::page::FilledForm;
use super::{Page, Person};

/// A browser: keeps cookies, follows redirects, sends forms.
#[derive(Clone)]
pub struct Browser {
    http: reqwest::Client,
    base: String,
}

/// A response.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// The body, unpacked if it came compressed.
    pub bytes: Vec<u8>,
    /// The length of the body as it came.
    pub sent: usize,
}

impl Answer {
    pub(super) async fn receive(request: RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response.bytes().await.expect("a whole body").to_vec();
        let is_packed = headers.get(CONTENT_ENCODING).is_some_and(|it| it == "gzip");
        Answer {
            status,
            headers,
            sent: body.len(),
            bytes: match is_packed && !body.is_empty() {
                true => unpacked(&body),
                false => body,
            },
        }
    }

    /// A header as text; empty if it isn't there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("visible ASCII"))
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("UTF-8")
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }
}

fn unpacked(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let read = flate2::read::GzDecoder::new(body).read_to_end(&mut bytes);
    read.expect("gzip");
    bytes
}

impl Browser {
    pub fn new(base: &str) -> Browser {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(Policy::none())
            .timeout(Duration::from_secs(30))
            .pool_idle_timeout(super::POOL_IDLE)
            .build()
            .expect("a client");
        Browser {
            http,
            base: base.to_owned(),
        }
    }

    /// The whole address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// A request to be finished by hand.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        request.header(ACCEPT_ENCODING, "gzip, deflate, br, zstd")
    }

    /// The answer to a request that was made by hand.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::receive(request).await
    }

    pub async fn get(&self, path: &str) -> Page {
        let answer = self.send(self.request(Method::GET, path)).await;
        Page::read(path, answer)
    }

    /// The page at `path` after all redirects.
    pub async fn open(&self, path: &str) -> Page {
        let mut page = self.get(path).await;
        for _ in 0..5 {
            match page.leads_to() {
                Some(next) => page = self.get(&next).await,
                None => return page,
            }
        }
        panic!("{path} leads in circles")
    }

    /// Sends exactly these fields, as a form of the server's own origin would.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.request(Method::POST, path).headers(self.origin());
        Page::read(path, self.send(request.form(fields)).await)
    }

    /// Fills in a form of the page and sends it: its fields, where those given replace the ones of
    /// the same name.
    pub async fn submit(&self, page: &Page, form: &str, fields: &[(&str, &str)]) -> Page {
        self.send_form(page.form(form).with(fields)).await
    }

    /// As [`Browser::submit`], for the form in the menu of a row.
    pub async fn submit_menu(
        &self,
        page: &Page,
        row: &str,
        form: &str,
        fields: &[(&str, &str)],
    ) -> Page {
        self.send_form(page.menu_form(row, form).with(fields)).await
    }

    async fn send_form(&self, filled: FilledForm) -> Page {
        if filled.method == Method::GET {
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&filled.fields)
                .finish();
            return self.get(&format!("{}?{query}", filled.action)).await;
        }
        let request = self
            .request(Method::POST, &filled.action)
            .headers(self.origin());
        let request = if filled.is_multipart {
            request.multipart(
                filled
                    .fields
                    .into_iter()
                    .fold(Form::new(), |form, (name, value)| form.text(name, value)),
            )
        } else {
            request.form(&filled.fields)
        };
        Page::read(&filled.action, self.send(request).await)
    }

    /// As [`Browser::submit`], with a file.
    pub async fn upload(
        &self,
        page: &Page,
        form: &str,
        file: (&str, &str, &[u8]),
        fields: &[(&str, &str)],
    ) -> Page {
        let filled = page.form(form).with(fields);
        let (field, name, bytes) = file;
        let part = Part::bytes(bytes.to_vec()).file_name(name.to_owned());
        let parts = filled
            .fields
            .into_iter()
            .filter(|(name, _)| name != field)
            .fold(Form::new(), |form, (name, value)| form.text(name, value))
            .part(field.to_owned(), part);
        let request = self
            .request(Method::POST, &filled.action)
            .headers(self.origin());
        Page::read(&filled.action, self.send(request.multipart(parts)).await)
    }

    /// Signs in through the login page.
    pub async fn sign_in(&self, who: Person) {
        let page = self.get("/admin/login").await;
        let fields = [("email", who.email), ("password", who.password)];
        let done = self
            .submit(&page, "form[action^='/admin/login']", &fields)
            .await;
        assert_eq!(done.status, 303, "{} can't sign in: {done:?}", who.name);
    }

    /// The page that a 303 leads to.
    pub async fn follow(&self, page: &Page) -> Page {
        let next = page
            .leads_to()
            .unwrap_or_else(|| panic!("no redirect: {page:?}"));
        self.open(&next).await
    }

    fn origin(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("origin", self.base.parse().expect("an origin"));
        headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
        headers
    }
}
