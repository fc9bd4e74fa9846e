//! What the drivers are asked for: flags and preferences of each browser. Knows nothing of sessions.

use std::path::Path;

use serde_json::{Value, json};

use crate::browser::Options;
use crate::tools;

/// Chromium: headless, quiet, with the same picture on every machine.
pub(crate) fn chromium(options: &Options, profile: &Path, downloads: &Path) -> Value {
    let mut arguments = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--disable-extensions".to_owned(),
        "--force-device-scale-factor=1".to_owned(),
        "--font-render-hinting=none".to_owned(),
        "--disable-background-timer-throttling".to_owned(),
        "--disable-renderer-backgrounding".to_owned(),
        "--disable-backgrounding-occluded-windows".to_owned(),
        "--enable-precise-memory-info".to_owned(),
    ];
    let (width, height) = options.window;
    arguments.push(format!("--window-size={width},{height}"));
    if options.private {
        arguments.push("--incognito".to_owned());
    }
    if options.caret_browsing {
        arguments.push("--enable-caret-browsing".to_owned());
    }
    arguments.push(format!(
        "--user-data-dir={}",
        profile.join("chromium").display()
    ));
    let cookies = if options.blocked_storage { 2 } else { 1 };
    let mut chrome = json!({
        "binary": tools::program("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"]),
        "args": arguments,
        "prefs": {
            "download.default_directory": downloads,
            "download.prompt_for_download": false,
            "profile.default_content_setting_values.cookies": cookies,
            "profile.default_content_setting_values.clipboard": 1,
        },
    });
    if options.phone {
        chrome["mobileEmulation"] = json!({"deviceMetrics":
            {"width": 390, "height": 844, "pixelRatio": 2.0, "touch": true, "mobile": true}});
    }
    let mut capabilities = json!({
        "browserName": "chrome",
        "timeouts": {"script": 60_000, "pageLoad": 60_000},
        "goog:chromeOptions": chrome,
    });
    if options.logs {
        capabilities["goog:loggingPrefs"] = json!({"browser": "ALL", "performance": "ALL"});
    }
    capabilities
}

/// Firefox: headless, without updates and reports.
pub(crate) fn firefox(options: &Options, profile: &Path, downloads: &Path) -> Value {
    let (width, height) = options.window;
    let profile = profile.join("firefox");
    // Those of nobody, or those of others: 5 is what is set in a new profile.
    let cookies = if options.blocked_storage { 2 } else { 5 };
    std::fs::create_dir_all(&profile).expect("a folder for the profile");
    json!({
        "browserName": "firefox",
        "timeouts": {"script": 60_000, "pageLoad": 60_000},
        "moz:firefoxOptions": {
            "binary": tools::program("FIREFOX", &["firefox-esr", "firefox"]),
            "args": ["-profile", profile, "-headless", format!("--width={width}"), format!("--height={height}")],
            "prefs": {
                "browser.download.folderList": 2,
                "browser.download.dir": downloads,
                "browser.download.useDownloadDir": true,
                "browser.download.alwaysOpenPanel": false,
                "browser.helperApps.neverAsk.saveToDisk": "application/json,application/octet-stream",
                "browser.dom.window.dump.enabled": true,
                "devtools.console.stdout.content": true,
                "app.update.enabled": false,
                "app.normandy.enabled": false,
                "datareporting.policy.dataSubmissionEnabled": false,
                "toolkit.telemetry.enabled": false,
                "browser.safebrowsing.malware.enabled": false,
                "browser.safebrowsing.phishing.enabled": false,
                "network.captive-portal-service.enabled": false,
                "network.connectivity-service.enabled": false,
                "extensions.update.enabled": false,
                "browser.shell.checkDefaultBrowser": false,
                "network.cookie.cookieBehavior": cookies,
                "general.smoothScroll": false,
                "accessibility.browsewithcaret": options.caret_browsing,
            },
        },
    })
}
