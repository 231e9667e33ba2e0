use crate::access::domain::permission::Permission;
use crate::access::domain::principal::Principal;
use crate::i18n::Lang;
use crate::web::{FrameCounts, MenuGroup, MenuItem};

struct MenuLine {
    href: &'static str,
    icon: &'static str,
    key: &'static str,
    permission: Permission,
}

const PIPELINE: [MenuLine; 4] = [
    MenuLine {
        href: "/admin/leads/board",
        icon: "square-kanban",
        key: "menu-board",
        permission: Permission::LeadsRead,
    },
    MenuLine {
        href: "/admin/leads",
        icon: "contact",
        key: "menu-leads",
        permission: Permission::LeadsRead,
    },
    MenuLine {
        href: "/admin/leads/stuck",
        icon: "clock-alert",
        key: "menu-stuck",
        permission: Permission::LeadsRead,
    },
    MenuLine {
        href: "/admin/leads/statuses",
        icon: "circle-dot",
        key: "menu-statuses",
        permission: Permission::StatusesRead,
    },
];

const WORKSPACE: [MenuLine; 4] = [
    MenuLine {
        href: "/admin/users",
        icon: "users",
        key: "menu-users",
        permission: Permission::Users,
    },
    MenuLine {
        href: "/admin/api/api_management",
        icon: "key-round",
        key: "menu-tokens",
        permission: Permission::Tokens,
    },
    MenuLine {
        href: "/admin/audit",
        icon: "history",
        key: "menu-audit",
        permission: Permission::Audit,
    },
    MenuLine {
        href: "/api/docs",
        icon: "book-open",
        key: "menu-api-docs",
        permission: Permission::Tokens,
    },
];

/// The sidebar for this person: what they may open, with the current page marked.
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
            .filter(|line| principal.can(line.permission))
            .map(|line| MenuItem {
                href: line.href,
                icon: line.icon,
                label: lang.t(line.key),
                is_current: current == Some(line.href),
                count: count(line.key, counts).map(|count| lang.number(count)),
                is_warning: line.key == "menu-stuck",
            })
            .collect(),
    };
    let mut groups = vec![
        group("menu-pipeline", &PIPELINE),
        group("menu-workspace", &WORKSPACE),
    ];
    groups.retain(|group| !group.items.is_empty());
    groups
}

/// The number beside a line; zero stuck leads are not shown.
fn count(key: &str, counts: FrameCounts) -> Option<i64> {
    match key {
        "menu-leads" => Some(counts.leads),
        "menu-stuck" => Some(counts.stuck).filter(|stuck| *stuck > 0),
        "menu-statuses" => Some(counts.statuses),
        _ => None,
    }
}

/// The line that a page belongs to: of those above its path the nearest.
fn current(path: &str) -> Option<&'static str> {
    let is_above = |href: &&str| {
        let rest = path.strip_prefix(*href);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let lines = PIPELINE.iter().chain(&WORKSPACE).map(|line| line.href);
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
            ("/admin/leads/statuses/3", Some("/admin/leads/statuses")),
            ("/admin/leadsx", None),
            ("/admin/profile", None),
        ] {
            assert_eq!(current(path), line, "{path}");
        }
    }
}
