//! Regular expressions, matched by the browser apart from the page: some take longer than anybody lives,
//! and only what runs apart can be ended. Knows nothing of what is looked for.

use std::ops::Range;
use std::time::Duration;

use js_sys::{Array, Function, Promise, Reflect, Uint32Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::window;

/// What runs apart. It is told a pattern, its flags, texts, and how many places are enough; it answers with
/// three numbers for each place, in UTF-16 units, or with what is wrong with the pattern.
const PROGRAM: &str = "onmessage = ({data: [pattern, flags, texts, most]}) => {
  try {
    const wanted = new RegExp(pattern, flags), found = [];
    for (let at = 0; at < texts.length; at++)
      for (const it of texts[at].matchAll(wanted))
        if (it[0] && found.push(at, it.index, it.index + it[0].length) >= most * 3) {
          at = texts.length;
          break;
        }
    postMessage(Uint32Array.from(found));
  } catch (error) {
    postMessage(error.message);
  }
}";

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is no pattern; why, in the browser's words.
    Unreadable(String),
    /// It took too long.
    TooLong,
    /// The browser lets nothing run apart.
    Unable,
}

/// A program that runs apart as long as this is kept.
pub struct Matcher {
    worker: JsValue,
    address: String,
}

impl Matcher {
    /// Begins it.
    ///
    /// # Errors
    /// [`Refusal::Unable`].
    pub fn new() -> Result<Self, Refusal> {
        Self::begin().ok_or(Refusal::Unable)
    }

    fn begin() -> Option<Self> {
        let program = web_sys::Blob::new_with_str_sequence(&Array::of1(&PROGRAM.into())).ok()?;
        let address = web_sys::Url::create_object_url_with_blob(&program).ok()?;
        let class = Reflect::get(&window(), &"Worker".into()).ok()?;
        let class: Function = class.dyn_into().ok()?;
        let worker = Reflect::construct(&class, &Array::of1(&address.as_str().into())).ok()?;
        Some(Self { worker, address })
    }

    /// Where a pattern fits in some texts, at most so often: the number of the text, and the place in
    /// bytes of it, in order.
    ///
    /// # Errors
    /// Why there is no answer. After [`Refusal::TooLong`] none comes any more.
    pub async fn places(
        &self,
        pattern: &str,
        exact_case: bool,
        texts: &[&str],
        most: usize,
        patience: Duration,
    ) -> Result<Vec<(usize, Range<usize>)>, Refusal> {
        let flags = if exact_case { "gmu" } else { "gimu" };
        let list: Array = texts.iter().map(|it| JsValue::from_str(it)).collect();
        let asked = Array::of4(
            &pattern.into(),
            &flags.into(),
            &list,
            &JsValue::from_f64(most as f64),
        );
        let answer = Promise::new(&mut |answered, _| {
            drop(Reflect::set(&self.worker, &"onmessage".into(), &answered));
            drop(Reflect::set(&self.worker, &"onerror".into(), &answered));
            let wait = i32::try_from(patience.as_millis()).unwrap_or(i32::MAX);
            drop(window().set_timeout_with_callback_and_timeout_and_arguments_0(&answered, wait));
            self.call("postMessage", &Array::of1(&asked));
        });
        let event = JsFuture::from(answer).await.unwrap_or(JsValue::UNDEFINED);
        if event.is_undefined() {
            return Err(Refusal::TooLong);
        }
        let data = Reflect::get(&event, &"data".into()).unwrap_or(JsValue::UNDEFINED);
        match (data.as_string(), data.dyn_into::<Uint32Array>()) {
            (Some(why), _) => Err(Refusal::Unreadable(why)),
            (None, Ok(found)) => Ok(in_bytes(texts, &found.to_vec())),
            (None, Err(_)) => Err(Refusal::Unable),
        }
    }

    fn call(&self, method: &str, arguments: &Array) {
        let function = Reflect::get(&self.worker, &method.into()).ok();
        if let Some(function) = function.and_then(|it| it.dyn_into::<Function>().ok()) {
            drop(function.apply(&self.worker, arguments));
        }
    }
}

impl Drop for Matcher {
    fn drop(&mut self) {
        self.call("terminate", &Array::new());
        drop(web_sys::Url::revoke_object_url(&self.address));
    }
}

/// Places in UTF-16 units, three numbers each and in order, as places in bytes. What is no place of the
/// texts is left out.
fn in_bytes(texts: &[&str], found: &[u32]) -> Vec<(usize, Range<usize>)> {
    let mut places = Vec::new();
    let (mut number, mut units, mut bytes) = (0, 0, 0);
    for place in found.chunks_exact(3) {
        let at = place[0] as usize;
        let Some(text) = texts.get(at) else {
            continue;
        };
        if at != number || place[1] < units {
            (number, units, bytes) = (at, 0, 0);
        }
        let mut to = |wanted: u32| {
            let rest = text.get(bytes..).unwrap_or("").chars();
            for letter in rest {
                if units >= wanted {
                    break;
                }
                units += letter.len_utf16() as u32;
                bytes += letter.len_utf8();
            }
            bytes
        };
        let (start, end) = (to(place[1]), to(place[2]));
        places.push((at, start..end));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::in_bytes;

    #[test]
    fn places_are_counted_in_bytes() {
        let texts = ["a 😀 ä b", "", "ä"];
        let found = [0, 0, 1, 0, 2, 4, 0, 5, 8, 2, 0, 1, 7, 0, 1];
        let places = in_bytes(&texts, &found);
        let words: Vec<&str> = places.iter().map(|it| &texts[it.0][it.1.clone()]).collect();
        assert_eq!(words, ["a", "😀", "ä b", "ä"]);
    }
}
