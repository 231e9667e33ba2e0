use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use super::Answer;

/// An API client.
#[derive(Clone)]
pub struct Api {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

impl Api {
    pub fn new(base: &str, token: Option<&str>) -> Api {
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(30))
            .pool_idle_timeout(super::POOL_IDLE)
            .build()
            .expect("a client");
        Api {
            http,
            base: base.to_owned(),
            token: token.map(str::to_owned),
        }
    }

    /// A call to be finished by hand.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .http
            .request(method, format!("{}/api/{path}", self.base));
        match &self.token {
            Some(token) => request.header("authtoken", token),
            None => request,
        }
    }

    /// The answer to a call that was made by hand.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::receive(request).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).json(&body))
            .await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PUT, path).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// The statuses in use, in pipeline order.
    pub async fn statuses(&self) -> Vec<Value> {
        let answer = self.get("lead_statuses").await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json().as_array().expect("a list").clone()
    }

    /// The status of that name.
    pub async fn status(&self, name: &str) -> Value {
        let all = self.get("lead_statuses?archived=all").await.json();
        let mut all = all.as_array().expect("a list").iter();
        let found = all.find(|status| status["name"] == name);
        found.unwrap_or_else(|| panic!("no status {name}")).clone()
    }

    /// The id of the status of that name.
    pub async fn status_id(&self, name: &str) -> i64 {
        self.status(name).await["id"].as_i64().expect("an id")
    }

    /// Creates a status of kind open; returns its id.
    pub async fn create_status(&self, name: &str) -> i64 {
        let body = serde_json::json!({"name": name, "color": "#2a80e2", "kind": "open"});
        let made = self.post("lead_statuses", body).await;
        assert_eq!(made.status, 201, "{}", made.text());
        made.json()["record_id"].as_i64().expect("an id")
    }
}
