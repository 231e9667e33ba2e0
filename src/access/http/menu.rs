//! The lines of the sidebar.

use crate::access::domain::permission::Permission;
use crate::access::domain::principal::Principal;
use crate::access::domain::role::Role;
use crate::i18n::Lang;
use crate::web::{FrameCounts, MenuGroup, MenuItem};

struct MenuLine {
    href: &'static str,
    icon: &'static str,
    key: &'static str,
    permission: Permission,
}

/// Makes the lines of a group: for each its address, icon and catalogue key, and the permission to open it.
macro_rules! menu_lines {
    ($($href:literal, $icon:literal, $key:literal, $permission:ident;)+) => {
        &[$(MenuLine { href: $href, icon: $icon, key: $key, permission: Permission::$permission }),+]
    };
}

const REPORTS: &str = "/admin/reports/pipeline";

const PIPELINE: &[MenuLine] = menu_lines! {
    "/admin/leads/board", "square-kanban", "menu-board", LeadsRead;
    "/admin/leads/mine", "user", "menu-mine", LeadsRead;
    "/admin/leads/offers", "user-plus", "menu-offers", LeadsWrite;
    "/admin/leads", "contact", "menu-leads", LeadsRead;
    "/admin/leads/stuck", "clock-alert", "menu-stuck", LeadsRead;
    "/admin/leads/statuses", "circle-dot", "menu-statuses", StatusesRead;
    "/admin/reports/pipeline", "chart-column", "menu-reports", LeadsRead;
};

const WORKSPACE: &[MenuLine] = menu_lines! {
    "/admin/users", "users", "menu-users", Users;
    "/admin/api/api_management", "key-round", "menu-tokens", Tokens;
    "/admin/audit", "history", "menu-audit", Audit;
    "/api/docs", "book-open", "menu-api-docs", Tokens;
};

/// The lines of the sidebar that the user may open, with the current page marked.
pub(crate) fn menu(
    principal: &Principal,
    lang: Lang,
    path: &str,
    counts: FrameCounts,
) -> Vec<MenuGroup> {
    let current = current(path);
    let group = |key, lines: &[MenuLine]| MenuGroup {
        label: lang.t(key),
        items: lines
            .iter()
            .filter(|line| principal.can(line.permission) && is_shown_to(line, principal.role))
            .map(|line| MenuItem {
                href: href(line, principal.role),
                icon: line.icon,
                label: lang.t(line.key),
                is_current: current == Some(line.href),
                count: count(line.key, counts).map(|count| lang.number(count)),
                is_warning: matches!(line.key, "menu-stuck" | "menu-offers"),
            })
            .collect(),
    };
    let mut groups = vec![
        group("menu-pipeline", PIPELINE),
        group("menu-workspace", WORKSPACE),
    ];
    groups.retain(|group| !group.items.is_empty());
    groups
}

/// True if the line is shown to users with this role: "My leads" is for reps alone.
fn is_shown_to(line: &MenuLine, role: Role) -> bool {
    line.key != "menu-mine" || role == Role::Rep
}

/// The address of a line. Its page shows the leads that the number of the line counts; for reps these are their own.
fn href(line: &MenuLine, role: Role) -> &'static str {
    match (line.key, role) {
        ("menu-stuck", Role::Rep) => "/admin/leads/stuck?owner=me",
        _ => line.href,
    }
}

/// The number beside a line; zero stuck or offered leads are not shown.
fn count(key: &str, counts: FrameCounts) -> Option<i64> {
    match key {
        "menu-leads" => Some(counts.leads),
        "menu-offers" => Some(counts.waiting).filter(|waiting| *waiting > 0),
        "menu-stuck" => Some(counts.stuck).filter(|stuck| *stuck > 0),
        "menu-statuses" => Some(counts.statuses),
        _ => None,
    }
}

/// The line with the longest path that contains this page. All reports belong to the line of the pipeline report.
fn current(path: &str) -> Option<&'static str> {
    if path.starts_with("/admin/reports/") {
        return Some(REPORTS);
    }
    let is_above = |href: &&str| {
        let subpath = path.strip_prefix(*href);
        subpath.is_some_and(|subpath| subpath.is_empty() || subpath.starts_with('/'))
    };
    let lines = PIPELINE.iter().chain(WORKSPACE).map(|line| line.href);
    lines.filter(is_above).max_by_key(|href| href.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_belongs_to_one_line() {
        for (path, line) in [
            ("/admin/leads", Some("/admin/leads")),
            ("/admin/leads/7/edit", Some("/admin/leads")),
            ("/admin/leads/board", Some("/admin/leads/board")),
            ("/admin/leads/stuck", Some("/admin/leads/stuck")),
            ("/admin/leads/mine", Some("/admin/leads/mine")),
            ("/admin/leads/statuses/3", Some("/admin/leads/statuses")),
            ("/admin/reports/compliance/3", Some(REPORTS)),
            ("/admin/leadsx", None),
            ("/admin/profile", None),
        ] {
            assert_eq!(current(path), line, "{path}");
        }
    }
}
