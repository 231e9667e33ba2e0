use super::{Permission, Who};
use crate::i18n::Lang;
use crate::web::{Counts, MenuGroup, MenuItem};

struct Line {
    href: &'static str,
    icon: &'static str,
    key: &'static str,
    permission: Permission,
}

const PIPELINE: [Line; 1] = [Line {
    href: "/admin/leads/statuses",
    icon: "circle-dot",
    key: "menu-statuses",
    permission: Permission::StatusesRead,
}];

const WORKSPACE: [Line; 4] = [
    Line {
        href: "/admin/users",
        icon: "users",
        key: "menu-users",
        permission: Permission::Users,
    },
    Line {
        href: "/admin/api/api_management",
        icon: "key-round",
        key: "menu-tokens",
        permission: Permission::Tokens,
    },
    Line {
        href: "/admin/audit",
        icon: "history",
        key: "menu-audit",
        permission: Permission::Audit,
    },
    Line {
        href: "/api/docs",
        icon: "book-open",
        key: "menu-api-docs",
        permission: Permission::Tokens,
    },
];

/// The sidebar for this person: what they may open, with the current page marked.
pub(super) fn menu(who: &Who, lang: Lang, path: &str, counts: Counts) -> Vec<MenuGroup> {
    let group = |key, lines: &[Line]| MenuGroup {
        label: lang.t(key),
        items: lines
            .iter()
            .filter(|line| who.may(line.permission))
            .map(|line| MenuItem {
                href: line.href,
                icon: line.icon,
                label: lang.t(line.key),
                is_current: path == line.href
                    || path
                        .strip_prefix(line.href)
                        .is_some_and(|rest| rest.starts_with('/')),
                count: (line.key == "menu-statuses").then(|| lang.number(counts.statuses)),
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
