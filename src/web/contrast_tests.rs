//! The contrasts that the design promises, computed from the tokens as the browser reads them.

const TOKENS: &str = include_str!("../../static/css/tokens.css");

/// Red, green and blue in linear light.
type Light = [f64; 3];

fn oklch(l: f64, c: f64, h: f64) -> Light {
    let (a, b) = (c * h.to_radians().cos(), c * h.to_radians().sin());
    let long = (l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let medium = (l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (l - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701 * short,
    ]
    .map(|part| part.clamp(0.0, 1.0))
}

fn luminance([r, g, b]: Light) -> f64 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(one: Light, other: Light) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// A colour as the tokens write it: hex or `oklch(L% C H)`; for a hue, `C*` is a share of C and `H` the hue.
fn colour(text: &str, hue: f64, share: f64) -> Light {
    if text == "#fff" {
        return [1.0; 3];
    }
    if let Some(digits) = text.strip_prefix('#') {
        let part = |at| f64::from(u8::from_str_radix(&digits[at..at + 2], 16).unwrap()) / 255.0;
        return [part(0), part(2), part(4)].map(|part| {
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
    }
    let inner = text.trim_start_matches("oklch(").trim_end_matches(')');
    let parts: Vec<&str> = inner.split_whitespace().collect();
    let number = |part: &str| part.trim_end_matches(['%', '*']).parse::<f64>().unwrap();
    let c = number(parts[1]) * if parts[1].ends_with('*') { share } else { 1.0 };
    let h = if parts[2] == "H" {
        hue
    } else {
        number(parts[2])
    };
    oklch(number(parts[0]) / 100.0, c, h)
}

/// A token in light and in dark.
fn token(name: &str, hue: f64, share: f64) -> [Light; 2] {
    let tokens = TOKENS
        .replace("calc(", "")
        .replace(" * var(--c, 1))", "*")
        .replace("var(--h)", "H");
    let start = format!("--{name}: light-dark(");
    let rest = tokens
        .split(&start)
        .nth(1)
        .unwrap_or_else(|| panic!("no token {name}"));
    let (light, dark) = rest.split(";").next().unwrap().split_once(", ").unwrap();
    [colour(light, hue, share), colour(dark, hue, share)]
}

fn plain(name: &str) -> [Light; 2] {
    token(name, 0.0, 1.0)
}

#[test]
fn text_and_controls_keep_their_contrast_in_both_themes() {
    let pairs = [
        ("ink", "surface", 7.0),
        ("ink", "surface-3", 7.0),
        ("ink-2", "surface-3", 4.5),
        ("ink-2", "canvas", 4.5),
        ("ink-3", "canvas", 4.5),
        ("ink-3", "surface", 4.5),
        ("ink-3", "surface-2", 4.5),
        ("accent-ink", "surface", 4.5),
        ("accent-ink", "accent-soft", 4.5),
        ("ink-2", "accent-soft", 4.5),
        ("danger-ink", "danger-soft", 4.5),
        ("danger-ink", "surface", 4.5),
        ("ok-ink", "ok-soft", 4.5),
        ("warn-ink", "warn-soft", 4.5),
        ("line-strong", "surface", 3.0),
        ("ink-3", "accent-soft", 4.5),
    ];
    for (text, ground, least) in pairs {
        for (theme, (a, b)) in plain(text).into_iter().zip(plain(ground)).enumerate() {
            let found = contrast(a, b);
            assert!(
                found >= least,
                "{text} on {ground} in theme {theme}: {found:.2} < {least}"
            );
        }
    }
    for ground in ["accent", "accent-hover", "danger", "danger-hover"] {
        for (theme, colour) in plain(ground).into_iter().enumerate() {
            let found = contrast([1.0; 3], colour);
            assert!(
                found >= 4.5,
                "white on {ground} in theme {theme}: {found:.2}"
            );
        }
    }
}

#[test]
fn every_status_hue_is_readable_and_its_dot_is_seen() {
    let mut count = 0;
    for rest in TOKENS.split(".hue-").skip(1) {
        let (name, body) = rest.split_once(" { --h: ").unwrap();
        let body = body.split_once('}').unwrap().0;
        let hue: f64 = body.split(';').next().unwrap().parse().unwrap();
        let share = if body.contains("--c: .25") { 0.25 } else { 1.0 };
        let [soft, ink] = ["hue-soft", "hue-ink"].map(|part| token(part, hue, share));
        let dots = body
            .split_once("light-dark(")
            .unwrap()
            .1
            .split_once(')')
            .unwrap()
            .0;
        let (light, dark) = dots.split_once(", ").unwrap();
        let dot = [colour(light, hue, share), colour(dark, hue, share)];
        for (theme, (least_text, least_dot)) in [(8.0, 3.2), (9.6, 5.5)].into_iter().enumerate() {
            let text = contrast(ink[theme], soft[theme]);
            let mark = contrast(dot[theme], soft[theme]);
            assert!(
                text >= least_text,
                "{name} in theme {theme}: text {text:.2}"
            );
            assert!(mark >= least_dot, "{name} in theme {theme}: dot {mark:.2}");
        }
        count += 1;
    }
    assert_eq!(count, 12);
}
