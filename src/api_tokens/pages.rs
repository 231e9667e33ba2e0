//! The page under `/admin/api/api_management`.
