//! The URL table: for each path its methods, each with its handler and its permission.

use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{Route, guard};
use serde::Serialize;

use crate::access::{Permission, RoutePermissions};
use crate::error::Error;
use crate::web::catch_panic;
use crate::{
    access, api_docs, api_tokens, audit_log, leads, operations, pipeline, reports, sessions,
    statuses,
};

/// A line of the table, as `routes --json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RouteLine {
    pub method: &'static str,
    pub path: &'static str,
    pub permission: &'static str,
}

/// A route of one method; that of GET also answers HEAD.
fn route_for(method: Method) -> Route {
    match method {
        Method::GET => web::route().guard(guard::Any(guard::Get()).or(guard::Head())),
        other => web::method(other),
    }
}

macro_rules! routes {
    ($( $path:literal { $( $method:ident $permission:ident $handler:path; )+ } )+) => {
        /// Mounts every route; a method that a path does not have is answered 405 with `Allow`.
        pub fn configure(config: &mut ServiceConfig) {
            $(
                config.service(
                    web::resource($path)
                        .app_data(RoutePermissions(vec![
                            $( (Method::$method, Permission::$permission) ),+
                        ]))
                        $( .route(route_for(Method::$method).to($handler)) )+
                        .default_service(web::to(|| async {
                            Err::<actix_web::HttpResponse, Error>(Error::Method(
                                concat!($( stringify!($method), " " ),+)
                            ))
                        }))
                        .wrap(from_fn(access::authorize_request))
                        .wrap(from_fn(catch_panic)),
                );
            )+
        }

        /// Every line of the table.
        pub fn lines() -> Vec<RouteLine> {
            vec![$($(
                RouteLine {
                    method: stringify!($method),
                    path: $path,
                    permission: Permission::$permission.as_str(),
                },
            )+)+]
        }
    };
}

routes! {
    "/" { GET SignedIn operations::home; }
    "/admin" { GET SignedIn operations::home; }
    "/healthz" { GET Public operations::healthz; }
    "/readyz" { GET Public operations::readyz; }
    "/metrics" { GET Public operations::metrics; }

    "/admin/login" { GET Public sessions::pages::login; POST Public sessions::pages::sign_in; }
    "/admin/logout" { POST SignedIn sessions::pages::sign_out; }
    "/admin/setup" { GET Public sessions::pages::setup; POST Public sessions::pages::set_up; }
    "/admin/profile" { GET SignedIn sessions::pages::profile; POST SignedIn sessions::pages::update_profile; }
    "/admin/profile/time_zone" { POST SignedIn sessions::pages::choose_time_zone; }
    "/admin/profile/password" { POST SignedIn sessions::pages::update_password; }
    "/admin/profile/sessions/end_others" { POST SignedIn sessions::pages::end_other_sessions; }
    "/admin/profile/sessions/{id}/end" { POST SignedIn sessions::pages::end_session; }

    "/admin/forms/{id}" { GET SignedIn sessions::show_missing; }

    "/admin/users" { GET Users access::pages::list; POST Users access::pages::create; }
    "/admin/users/new" { GET Users access::pages::new; }
    "/admin/users/{id}/edit" { GET Users access::pages::edit; }
    "/admin/users/{id}" { POST Users access::pages::update; }
    "/admin/users/{id}/password" { POST Users access::pages::update_password; }
    "/admin/users/{id}/disable" { POST Users access::pages::disable; }
    "/admin/users/{id}/enable" { POST Users access::pages::enable; }
    "/admin/audit" { GET Audit audit_log::pages::list; }
    "/admin/api/api_management" { GET Tokens api_tokens::pages::list; POST Tokens api_tokens::pages::create; }
    "/admin/api/api_management/new" { GET Tokens api_tokens::pages::new; }
    "/admin/api/api_management/{id}/revoke" { POST Tokens api_tokens::pages::revoke; }

    "/admin/leads" {
        GET LeadsRead leads::http::pages::list::list;
        POST LeadsWrite leads::http::pages::form::create;
    }
    // Exports too: the handler asks for the permission of the action.
    "/admin/leads/bulk" { POST LeadsRead leads::http::pages::bulk::bulk; }
    "/admin/leads/bulk/{id}" { GET LeadsRead leads::http::pages::bulk_job::show; }
    "/admin/leads/board" { GET LeadsRead leads::http::pages::board::show; }
    "/admin/reports/handoffs" { GET LeadsRead reports::http::pages::handoffs::show; }
    "/admin/reports/compliance" { GET LeadsRead reports::http::pages::compliance::show; }
    "/admin/reports/compliance/{id}" { GET LeadsRead reports::http::pages::compliance::failing; }
    "/admin/reports/pipeline" { GET LeadsRead reports::http::pages::pipeline::show; }
    "/admin/reports/pipeline/time.csv" { GET LeadsRead reports::http::pages::csv::download; }
    "/admin/reports/pipeline/curves.csv" { GET LeadsRead reports::http::pages::csv::download; }
    "/admin/reports/pipeline/funnel.csv" { GET LeadsRead reports::http::pages::csv::download; }
    "/admin/reports/pipeline/flow.csv" { GET LeadsRead reports::http::pages::csv::download; }
    "/admin/reports/pipeline/over-time.csv" { GET LeadsRead reports::http::pages::csv::download; }
    "/admin/reports/pipeline/limits.csv" { GET LeadsRead reports::http::pages::csv::download; }
    "/admin/reports/pipeline/visits" { GET LeadsRead reports::http::pages::visits::show; }
    "/admin/reports/pipeline/limits/{id}" { POST StatusesWrite reports::http::pages::limits::set; }
    "/admin/leads/stuck" { GET LeadsRead leads::http::pages::worklist::list_stuck; }
    "/admin/leads/mine" { GET LeadsRead leads::http::pages::worklist::list_own; }
    "/admin/leads/offers" { GET LeadsWrite leads::http::pages::handoff::list; }
    "/admin/leads/statuses" {
        GET StatusesRead statuses::http::pages::list::list;
        POST StatusesWrite statuses::http::pages::form::create;
    }
    "/admin/leads/statuses/new" { GET StatusesWrite statuses::http::pages::form::new; }
    // Exports too: the handler asks for the permission of the action.
    "/admin/leads/statuses/bulk" { POST StatusesExport pipeline::http::pages::bulk::bulk; }
    "/admin/leads/statuses/dictionary" { GET StatusesRead statuses::http::pages::dictionary::show; }
    "/admin/leads/statuses/export" { GET StatusesExport statuses::http::pages::export::export; }
    "/admin/leads/statuses/import" {
        GET StatusesWrite statuses::http::pages::import::new;
        POST StatusesWrite statuses::http::pages::import::create;
    }
    "/admin/leads/statuses/sets" {
        GET StatusesWrite statuses::http::pages::sets::list;
        POST StatusesWrite statuses::http::pages::sets::create;
    }
    "/admin/leads/statuses/undo" { POST StatusesWrite statuses::http::pages::undo::undo_batch; }
    "/admin/leads/statuses/{id}" {
        GET StatusesRead statuses::http::pages::show::show;
        POST StatusesWrite statuses::http::pages::form::update;
    }
    "/admin/leads/statuses/{id}/read" { POST StatusesRead statuses::http::pages::dictionary::mark_read; }
    "/admin/leads/statuses/{id}/edit" { GET StatusesWrite statuses::http::pages::form::edit; }
    "/admin/leads/statuses/{id}/archive" { POST StatusesWrite pipeline::http::pages::status_actions::archive; }
    "/admin/leads/statuses/{id}/restore" { POST StatusesWrite pipeline::http::pages::status_actions::restore; }
    "/admin/leads/statuses/{id}/delete" { POST StatusesWrite pipeline::http::pages::status_actions::delete; }
    "/admin/leads/statuses/{id}/default" { POST StatusesWrite pipeline::http::pages::status_actions::make_default; }
    "/admin/leads/statuses/{id}/converted" { POST StatusesWrite pipeline::http::pages::status_actions::make_converted; }
    "/admin/leads/statuses/{id}/move" { POST StatusesWrite statuses::http::pages::order::move_in_pipeline; }

    "/admin/leads/import" {
        GET LeadsManage leads::http::pages::import::new;
        POST LeadsManage leads::http::pages::import::create;
    }
    "/admin/leads/imports" { GET LeadsManage pipeline::http::pages::imports::list; }
    "/admin/leads/imports/{id}/undo" {
        GET LeadsManage pipeline::http::pages::imports::show_undo;
        POST LeadsManage pipeline::http::pages::imports::undo_import;
    }
    "/admin/leads/import/{id}/problems.csv" { GET LeadsManage leads::http::pages::import::problems; }
    "/admin/leads/import/{id}" { GET LeadsManage leads::http::pages::import::show; }
    "/admin/leads/export" { GET LeadsExport leads::http::pages::export::export; }
    "/admin/leads/new" { GET LeadsWrite leads::http::pages::form::new; }
    "/admin/leads/{id}" {
        GET LeadsRead leads::http::pages::show::show;
        POST LeadsWrite leads::http::pages::form::update;
    }
    "/admin/leads/{id}/edit" { GET LeadsWrite leads::http::pages::form::edit; }
    "/admin/leads/{id}/move" { POST LeadsWrite leads::http::pages::board::move_card; }
    "/admin/leads/{id}/status" { POST LeadsWrite leads::http::pages::lead_actions::move_lead; }
    "/admin/leads/{id}/pause" {
        GET LeadsWrite leads::http::pages::lead_actions::edit_pause;
        POST LeadsWrite leads::http::pages::lead_actions::pause_lead;
    }
    "/admin/leads/{id}/handoff" {
        GET LeadsWrite leads::http::pages::handoff::edit;
        POST LeadsWrite leads::http::pages::handoff::answer;
    }
    "/admin/leads/{id}/notes" { POST LeadsWrite leads::http::pages::lead_actions::add_note; }
    "/admin/leads/{id}/void" { POST LeadsWrite leads::http::pages::void::void_several; }
    "/admin/leads/{id}/visits/{visit}/void" { POST LeadsWrite leads::http::pages::void::void_one; }
    "/admin/leads/{id}/delete" { POST LeadsManage leads::http::pages::lead_actions::delete; }
    "/admin/leads/{id}/restore" { POST LeadsManage leads::http::pages::lead_actions::restore; }

    "/api/docs" { GET Public api_docs::pages::show; }
    "/api/openapi.json" { GET Public api_docs::pages::document; }

    "/api/lead_statuses" {
        GET StatusesRead statuses::http::api::list;
        POST StatusesWrite statuses::http::api::create;
    }
    "/api/lead_statuses/order" { PUT StatusesWrite statuses::http::api::order; }
    "/api/lead_statuses/{id}" {
        GET StatusesRead statuses::http::api::show;
        PUT StatusesWrite pipeline::http::api::update::update;
        DELETE StatusesWrite pipeline::http::api::removal::delete;
    }
    "/api/lead_statuses/{id}/definitions" { GET StatusesRead statuses::http::api::definitions; }
    "/api/delete/lead_statuses/{id}" { DELETE StatusesWrite pipeline::http::api::removal::delete; }

    "/api/leads" {
        GET LeadsRead leads::http::api::list::list;
        POST LeadsWrite leads::http::api::lead::create;
    }
    "/api/leads/search" { GET LeadsRead leads::http::api::list::search_query; }
    "/api/leads/search/{term}" { GET LeadsRead leads::http::api::list::search; }
    "/api/leads/{id}" {
        GET LeadsRead leads::http::api::lead::show;
        PUT LeadsWrite leads::http::api::lead::update;
        DELETE LeadsManage leads::http::api::lead::delete;
    }
    "/api/delete/leads/{id}" { DELETE LeadsManage leads::http::api::lead::delete; }
    "/api/leads/{id}/status" { POST LeadsWrite leads::http::api::lead_actions::move_lead; }
    "/api/leads/{id}/pause" { POST LeadsWrite leads::http::api::lead_actions::pause_lead; }
    "/api/leads/{id}/handoff" { POST LeadsWrite leads::http::api::handoff::answer; }
    "/api/leads/{id}/restore" { POST LeadsManage leads::http::api::lead_actions::restore; }
    "/api/leads/{id}/visits" { GET LeadsRead leads::http::api::history::visits; }
    "/api/leads/{id}/visits/{visit}/void" { POST LeadsWrite leads::http::api::history::void_visit; }
    "/api/leads/{id}/notes" {
        GET LeadsRead leads::http::api::history::notes;
        POST LeadsWrite leads::http::api::history::note;
    }

    "/api/lead_sources" { GET LeadsRead leads::http::api::sources::list; }
    "/api/custom_fields/leads" { GET LeadsRead leads::http::api::sources::extra_fields; }
    "/api/staffs" { GET LeadsRead access::api::staffs; }

    "/api/changes" { GET LeadsRead pipeline::http::api::changes::list; }
    "/api/changes/{id}/undo" { POST LeadsManage pipeline::http::api::changes::undo_change; }

    "/api/reports/time_in_status" { GET LeadsRead reports::http::api::time_in_status; }
    "/api/reports/conversion" { GET LeadsRead reports::http::api::conversion; }
    "/api/reports/handoffs" { GET LeadsRead reports::http::api::handoffs::show; }
    "/api/reports/compliance" { GET LeadsRead reports::http::api::compliance::show; }
    "/api/reports/flow" { GET LeadsRead reports::http::api::flow; }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_reference_describes_every_call_and_no_other() {
        let lines = lines();
        let calls = lines.iter().filter(|line| {
            line.path.starts_with("/api/") && line.permission != Permission::Public.as_str()
        });
        let routed: BTreeSet<(&str, &str)> = calls.map(|line| (line.method, line.path)).collect();
        let paths = api_docs::document().paths.paths.iter();
        let described = paths.flat_map(|(path, item)| {
            let methods = [
                ("GET", &item.get),
                ("POST", &item.post),
                ("PUT", &item.put),
                ("DELETE", &item.delete),
            ];
            let known = methods.into_iter().filter(|(_, call)| call.is_some());
            known
                .map(|(method, _)| (method, path.as_str()))
                .collect::<Vec<_>>()
        });
        assert_eq!(described.collect::<BTreeSet<_>>(), routed);
    }
}
