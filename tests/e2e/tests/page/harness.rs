//! The watch itself: it must see what must not happen, or every other test proves less than it says.

use e2e::{Engine, Options, Page, run};

/// A page that, shortly after it is ready, does everything it must not.
const BAD: &str = "<!doctype html><html><head><title>Bad</title>
  <meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; script-src 'unsafe-inline'; connect-src 'self'\"></head>
  <body><script>
    document.documentElement.setAttribute('data-ready', '');
    document.documentElement.setAttribute('data-complete', '');
    setTimeout(() => fetch('late.json'), 400);
    setTimeout(() => { new Image().src = 'forbidden.png'; }, 400);
    setTimeout(() => { Promise.reject(new Error('left alone')); }, 400);
    setTimeout(() => console.error('a complaint'), 400);
    setTimeout(() => { document.documentElement.dataset.over = ''; throw new Error('thrown at nobody'); }, 500);
  </script></body></html>";

#[test]
fn the_watch_sees_faults_in_chromium() {
    run(&Options::new(Engine::Chromium), body);
}

#[test]
fn the_watch_sees_faults_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

fn body(page: &Page) {
    page.server.add("bad.html", BAD);
    page.open("bad.html");
    page.until("it has done its worst", || {
        page.is("'over' in document.documentElement.dataset")
    });
    page.rest(100);
    page.watch.collect(&page.browser, &page.server);
    let faults = page.watch.take();
    for part in [
        "late.json",
        "content policy: img-src",
        "left alone",
        "a complaint",
        "thrown at nobody",
    ] {
        assert!(
            faults.iter().any(|it| it.contains(part)),
            "“{part}” is not among {faults:?}"
        );
    }
    // Firefox prints what is thrown; that line stays in its output.
    page.watch.excuse("thrown at nobody");
    page.watch.excuse("left alone");
}
