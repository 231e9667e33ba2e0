//! Counters for Prometheus.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

use crate::log;

/// The labels of a counter of requests.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    method: &'static str,
    /// The route's pattern, not the path, so that requests can't create new series.
    route: String,
    status: u16,
}

/// Counters of the running program, for Prometheus.
#[derive(Clone)]
pub struct Metrics {
    requests: Family<Labels, Counter>,
    seconds: Histogram,
    panics: Counter,
    /// Set from the counter of the log when the metrics are read.
    dropped_lines: Counter,
    registry: Arc<Registry>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("lead_statuses");
        let requests = Family::<Labels, Counter>::default();
        let seconds = Histogram::new(exponential_buckets(0.0005, 2.0, 14));
        let panics = Counter::default();
        let dropped_lines = Counter::default();
        registry.register("http_requests", "Requests answered", requests.clone());
        registry.register(
            "http_request_seconds",
            "Time to answer a request",
            seconds.clone(),
        );
        registry.register("panics", "Handlers that panicked", panics.clone());
        registry.register(
            "log_lines_dropped",
            "Lines of the log that nobody read",
            dropped_lines.clone(),
        );
        Metrics {
            requests,
            seconds,
            panics,
            dropped_lines,
            registry: Arc::new(registry),
        }
    }
}

impl Metrics {
    /// Counts one answered request.
    pub(super) fn count(
        &self,
        method: &actix_web::http::Method,
        route: Option<String>,
        status: u16,
        took: Duration,
    ) {
        let labels = Labels {
            method: method_label(method),
            route: route.unwrap_or_default(),
            status,
        };
        self.requests.get_or_create(&labels).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// Counts a handler that panicked.
    pub(super) fn count_panic(&self) {
        self.panics.inc();
    }

    /// Everything in the text format of Prometheus.
    pub fn text(&self) -> String {
        let dropped_lines = self.dropped_lines.inner();
        dropped_lines.store(log::dropped_lines(), Ordering::Relaxed);
        let mut out = String::new();
        match text::encode(&mut out, &self.registry) {
            Ok(()) => out,
            Err(_) => String::new(),
        }
    }
}

fn method_label(method: &actix_web::http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        _ => "OTHER",
    }
}
