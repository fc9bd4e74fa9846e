//! Lets the browser have its turn in the midst of long work. Knows nothing of the work.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// Lets the browser paint between two steps, and act on what people do. By a message to oneself: timers that follow
/// each other wait 4 ms each, and a whole second in a tab that nobody sees.
pub async fn breathe() {
    let Ok(channel) = MessageChannel::new() else {
        return;
    };
    let (sender, receiver) = (channel.port1(), channel.port2());
    let arrives = Promise::new(&mut |resolve, _| receiver.set_onmessage(Some(&resolve)));
    if sender.post_message(&JsValue::NULL).is_ok() {
        drop(JsFuture::from(arrives).await);
    }
    receiver.close();
}
