//! Health, readiness and metrics.

use crate::support::TestApp;

both!(
    a_server_lives_and_is_ready,
    an_unknown_address_is_404_with_a_page
);

async fn a_server_lives_and_is_ready(app: TestApp) {
    let visitor = app.visitor();
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(visitor.get(path).await.status, 200, "{path}");
    }
}

async fn an_unknown_address_is_404_with_a_page(app: TestApp) {
    let page = app.visitor().get("/admin/nowhere").await;
    assert_eq!(page.status, 404);
    assert_eq!(page.texts("h1"), ["Page not found"]);
    let answer = app.visitor().get("/api/nowhere").await.answer;
    assert_eq!(answer.json()["status"], false);
}
