//! The address under which people reach the program.

use std::net::IpAddr;
use std::str::FromStr;

/// The address under which people reach the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    is_https: bool,
    authority: String,
}

impl PublicUrl {
    /// An address without TLS and without a port.
    pub fn plain(address: IpAddr) -> PublicUrl {
        let authority = match address {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(v6) => format!("[{v6}]"),
        };
        PublicUrl {
            is_https: false,
            authority,
        }
    }

    /// True if browsers come through TLS.
    pub fn is_https(&self) -> bool {
        self.is_https
    }

    /// Host, with the port if one was given, in lower case.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The host without its port.
    pub fn host(&self) -> &str {
        host_of(&self.authority)
    }

    /// `https://host:port`, without a slash at the end.
    pub fn origin(&self) -> String {
        format!(
            "{}://{}",
            if self.is_https { "https" } else { "http" },
            self.authority
        )
    }
}

/// A host without the port behind it; the brackets of IPv6 stay.
pub fn host_of(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !host.is_empty() => host,
        _ => authority,
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, String> {
        let wrong =
            || "LS_PUBLIC_URL must be like https://crm.example.com, without a path".to_owned();
        let (scheme, rest) = url.split_once("://").ok_or_else(wrong)?;
        let authority = rest.strip_suffix('/').unwrap_or(rest).to_ascii_lowercase();
        let is_plain = !authority.is_empty()
            && authority
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b".-_:[]".contains(&b));
        match scheme {
            "http" | "https" if is_plain => Ok(PublicUrl {
                is_https: scheme == "https",
                authority,
            }),
            _ => Err(wrong()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_an_origin() {
        let url: PublicUrl = "https://CRM.example.com:8443/"
            .parse()
            .unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(url.origin(), "https://crm.example.com:8443");
        assert_eq!(url.host(), "crm.example.com");
        for bad in [
            "crm.example.com",
            "ftp://x",
            "https://",
            "https://x/path",
            "https://a b",
        ] {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
    }
}
