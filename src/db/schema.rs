//! The tables, for both backends; `tests/suite` compares this file with what the migrations make.

use diesel::sql_types::{Integer, Nullable};

use super::further_column::further_column;

diesel::table! {
    users (id) {
        id -> BigInt,
        email -> Text,
        email_key -> Text,
        name -> Text,
        role -> Text,
        password_hash -> Text,
        language -> Text,
        theme -> Text,
        has_shortcuts -> Bool,
        time_zone -> Text,
        search_key -> Text,
        disabled_at -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        key_hash -> Text,
        user_id -> BigInt,
        agent -> Text,
        address -> Text,
        created_at -> BigInt,
        last_seen_at -> BigInt,
    }
}

diesel::table! {
    login_attempts (id) {
        id -> BigInt,
        account_key -> Text,
        address -> Text,
        attempted_at -> BigInt,
        origin -> Text,
    }
}

diesel::table! {
    known_addresses (user_id, address) {
        user_id -> BigInt,
        address -> Text,
        seen_at -> BigInt,
    }
}

diesel::table! {
    form_keys (key_hash) {
        key_hash -> Text,
        created_at -> BigInt,
        location -> Nullable<Text>,
        flash -> Nullable<Text>,
    }
}

diesel::table! {
    kept_forms (id) {
        id -> BigInt,
        user_id -> BigInt,
        path -> Text,
        page -> Text,
        fields -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    setup_codes (id) {
        id -> BigInt,
        code_hash -> Text,
        created_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    api_tokens (id) {
        id -> BigInt,
        user_id -> BigInt,
        name -> Text,
        prefix -> Text,
        token_hash -> Text,
        scopes -> Text,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        last_used_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    idempotency_keys (id) {
        id -> BigInt,
        token_id -> BigInt,
        idempotency_key -> Text,
        request_hash -> Text,
        status -> Integer,
        location -> Nullable<Text>,
        body -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    audit_entries (id) {
        id -> BigInt,
        batch_id -> BigInt,
        recorded_at -> BigInt,
        user_id -> Nullable<BigInt>,
        token_id -> Nullable<BigInt>,
        actor -> Text,
        door -> Text,
        request_id -> Text,
        subject -> Text,
        subject_id -> Nullable<BigInt>,
        subject_version -> Nullable<Integer>,
        subject_name -> Text,
        action -> Text,
        before_json -> Nullable<Text>,
        after_json -> Nullable<Text>,
    }
}

diesel::table! {
    lead_statuses (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        slug -> Text,
        color -> Text,
        kind -> Text,
        position -> Nullable<Integer>,
        definition -> Text,
        enter_when -> Text,
        leave_when -> Text,
        target_days -> Nullable<Integer>,
        limit_days -> Nullable<Integer>,
        search_key -> Text,
        is_archived -> Bool,
        archived_at -> Nullable<BigInt>,
        version -> Integer,
        created_at -> BigInt,
        created_by -> Text,
        updated_at -> BigInt,
        updated_by -> Text,
        last_position -> Nullable<Integer>,
        entry_rules -> Text,
        enter_from -> Text,
        movers -> Text,
        reasons -> Text,
        reason_required -> Bool,
        definition_version -> Integer,
        handoff -> Nullable<Text>,
    }
}

diesel::table! {
    status_definitions (status_id, version) {
        status_id -> BigInt,
        version -> Integer,
        definition -> Text,
        enter_when -> Text,
        leave_when -> Text,
        entry_rules -> Text,
        enter_from -> Text,
        movers -> Text,
        reasons -> Text,
        reason_required -> Bool,
        why -> Text,
        created_at -> BigInt,
        created_by -> Text,
        handoff -> Nullable<Text>,
    }
}

diesel::table! {
    definition_readers (status_id, version, user_id) {
        status_id -> BigInt,
        version -> Integer,
        user_id -> BigInt,
        read_at -> BigInt,
    }
}

diesel::table! {
    lead_status_roles (role) {
        role -> Text,
        status_id -> BigInt,
        kind -> Text,
        is_archived -> Bool,
    }
}

diesel::table! {
    deleted_lead_statuses (id) {
        id -> BigInt,
        name -> Text,
        color -> Text,
        kind -> Text,
        deleted_at -> BigInt,
        position -> Nullable<Integer>,
    }
}

diesel::table! {
    replacements (id) {
        id -> BigInt,
        from_id -> BigInt,
        to_id -> BigInt,
        act -> Text,
        is_age_restarted -> Bool,
        user_id -> Nullable<BigInt>,
        token_id -> Nullable<BigInt>,
        actor -> Text,
        door -> Text,
        request_id -> Text,
        batch_id -> BigInt,
        total -> BigInt,
        moved -> BigInt,
        started_at -> BigInt,
        finished_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    leads (id) {
        id -> BigInt,
        external_ref -> Nullable<Text>,
        name -> Text,
        name_key -> Text,
        company -> Text,
        email -> Text,
        phone -> Text,
        source -> Text,
        owner_id -> Nullable<BigInt>,
        value_cents -> Nullable<BigInt>,
        value_key -> BigInt,
        currency -> Text,
        extra -> Text,
        external_system -> Text,
        email_key -> Text,
        phone_key -> Text,
        status_id -> BigInt,
        status_since -> BigInt,
        clock_from -> BigInt,
        paused_until -> Nullable<BigInt>,
        pause_reason -> Text,
        last_note -> Text,
        last_note_at -> Nullable<BigInt>,
        last_activity_at -> BigInt,
        search_key -> Text,
        deleted_at -> Nullable<BigInt>,
        version -> Integer,
        created_at -> BigInt,
        created_by -> Text,
        updated_at -> BigInt,
        updated_by -> Text,
        offer_due_at -> Nullable<BigInt>,
    }
}

further_column! {
    leads {
        resumes_on -> Nullable<Integer>,
    }
}

diesel::table! {
    change_undos (id) {
        id -> BigInt,
        change_id -> BigInt,
        user_id -> BigInt,
        actor -> Text,
        request_id -> Text,
        batch_id -> BigInt,
        started_at -> BigInt,
        position -> BigInt,
        done -> BigInt,
        total -> BigInt,
        binned -> BigInt,
        restored -> BigInt,
        left_alone -> BigInt,
        finished_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    change_undo_left (id) {
        id -> BigInt,
        undo_id -> BigInt,
        thing -> Text,
        thing_id -> BigInt,
        name -> Text,
        reason -> Text,
    }
}

diesel::table! {
    lead_extra_names (name) {
        name -> Text,
    }
}

diesel::table! {
    lead_sources (source_key) {
        source_key -> Text,
        source -> Text,
    }
}

diesel::table! {
    visits (id) {
        id -> BigInt,
        lead_id -> BigInt,
        status_id -> BigInt,
        entered_at -> BigInt,
        left_at -> Nullable<BigInt>,
        next_status_id -> Nullable<BigInt>,
        clock_from -> Nullable<BigInt>,
        via -> Text,
        actor -> Text,
        actor_id -> Nullable<BigInt>,
        reason -> Text,
        note -> Text,
        recorded_at -> BigInt,
        voided_at -> Nullable<BigInt>,
        voided_by -> Nullable<Text>,
        definition_version -> Nullable<Integer>,
        override_reason -> Nullable<Text>,
        confirmed -> Nullable<Text>,
        evidence -> Nullable<Text>,
        unmet -> Nullable<Text>,
    }
}

diesel::table! {
    lead_pauses (id) {
        id -> BigInt,
        lead_id -> BigInt,
        began_at -> BigInt,
        ends_at -> BigInt,
    }
}

diesel::table! {
    lead_notes (id) {
        id -> BigInt,
        lead_id -> BigInt,
        body -> Text,
        actor -> Text,
        actor_id -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    lead_totals (status_id, currency, is_deleted, shard) {
        status_id -> BigInt,
        currency -> Text,
        is_deleted -> Bool,
        shard -> Integer,
        leads -> BigInt,
        value_cents -> BigInt,
    }
}

diesel::table! {
    lead_ages (status_id, since_day, shard) {
        status_id -> BigInt,
        since_day -> Integer,
        shard -> Integer,
        leads -> BigInt,
    }
}

diesel::table! {
    lead_clocks (status_id, clock_day, wake_quarter, shard) {
        status_id -> BigInt,
        clock_day -> Integer,
        wake_quarter -> Integer,
        shard -> Integer,
        leads -> BigInt,
    }
}

diesel::table! {
    lead_sleeps (status_id, wake_quarter, shard) {
        status_id -> BigInt,
        wake_quarter -> Integer,
        shard -> Integer,
        leads -> BigInt,
    }
}

diesel::table! {
    import_mappings (id) {
        id -> BigInt,
        user_id -> BigInt,
        subject -> Text,
        header_hash -> Text,
        places -> Text,
        updated_at -> BigInt,
    }
}

diesel::table! {
    import_jobs (id) {
        id -> BigInt,
        user_id -> Nullable<BigInt>,
        actor -> Text,
        request_id -> Text,
        batch_id -> BigInt,
        subject -> Text,
        filename -> Text,
        file -> Text,
        places -> Text,
        currency -> Nullable<Text>,
        digest -> Nullable<Text>,
        started_at -> BigInt,
        rows_total -> BigInt,
        rows_done -> BigInt,
        units_done -> BigInt,
        created -> BigInt,
        changed -> BigInt,
        same -> BigInt,
        in_bin -> BigInt,
        left_out -> BigInt,
        problem -> Nullable<Text>,
        is_ready -> Bool,
        worker -> Text,
        lease_until -> BigInt,
        finished_at -> Nullable<BigInt>,
        options -> Text,
        override_reason -> Nullable<Text>,
    }
}

diesel::table! {
    import_parts (id) {
        id -> BigInt,
        job_id -> BigInt,
        number -> BigInt,
        bytes -> Binary,
    }
}

diesel::table! {
    import_left_out (id) {
        id -> BigInt,
        job_id -> BigInt,
        line -> BigInt,
        field -> Nullable<Text>,
        reason -> Text,
    }
}

diesel::table! {
    bulk_jobs (batch_id) {
        batch_id -> BigInt,
        user_id -> BigInt,
        can_manage -> Bool,
        actor -> Text,
        request_id -> Text,
        action -> Text,
        form -> Text,
        back -> Text,
        started_at -> BigInt,
        total -> BigInt,
        done -> BigInt,
        changed -> BigInt,
        left_out -> BigInt,
        finished_at -> Nullable<BigInt>,
        user_role -> Nullable<Text>,
    }
}

diesel::table! {
    handoffs (id) {
        id -> BigInt,
        lead_id -> BigInt,
        visit_id -> BigInt,
        status_id -> BigInt,
        from_status_id -> Nullable<BigInt>,
        to_role -> Text,
        to_user_id -> Nullable<BigInt>,
        offered_by_id -> Nullable<BigInt>,
        offered_at -> BigInt,
        due_at -> BigInt,
        outcome -> Nullable<Text>,
        ended_at -> Nullable<BigInt>,
        ended_by_id -> Nullable<BigInt>,
        reason -> Text,
    }
}

diesel::table! {
    bulk_job_parts (id) {
        id -> BigInt,
        batch_id -> BigInt,
        number -> BigInt,
        ids -> Text,
    }
}

diesel::table! {
    bulk_left_out (id) {
        id -> BigInt,
        batch_id -> BigInt,
        lead_id -> BigInt,
        name -> Text,
        reason -> Text,
    }
}

diesel::table! {
    lead_hours (status_id, clock_hour, wake_quarter, shard) {
        status_id -> BigInt,
        clock_hour -> Integer,
        wake_quarter -> Integer,
        shard -> Integer,
        leads -> BigInt,
    }
}

diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(api_tokens -> users (user_id));
diesel::joinable!(visits -> leads (lead_id));
diesel::joinable!(handoffs -> leads (lead_id));
diesel::joinable!(lead_notes -> leads (lead_id));
diesel::joinable!(lead_pauses -> leads (lead_id));
diesel::joinable!(import_parts -> import_jobs (job_id));
diesel::allow_tables_to_appear_in_same_query!(
    users,
    sessions,
    api_tokens,
    lead_statuses,
    lead_status_roles,
    replacements,
    leads,
    lead_pauses,
    visits,
    handoffs,
    lead_notes,
    import_jobs,
    import_parts,
);
