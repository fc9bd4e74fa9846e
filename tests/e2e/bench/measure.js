// Runs in every document before its own scripts. `EXPECTED` is put in by the bench: for each
// paragraph its length and how many of its UTF-16 units are marked. Both pages have the same hooks.
(() => {
  if (!location.search.includes('set=')) return;
  const expected = EXPECTED;
  const bench = window.__bench = {tasks: [], painted: null, complete: null, added: null, frames: null, memory: null};
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) bench.tasks.push([entry.startTime, entry.duration]);
  }).observe({type: 'longtask', buffered: true});

  // The only way to learn how much memory the program has is to see it start.
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const plain = WebAssembly[name];
    WebAssembly[name] = async (...rest) => {
      const result = await plain.apply(WebAssembly, rest);
      const parts = (result.instance ?? result).exports ?? {};
      bench.memory = Object.values(parts).find(it => it instanceof WebAssembly.Memory) ?? bench.memory;
      return result;
    };
  }

  // The first task after a frame's callbacks runs when that frame has been painted.
  const afterPaint = then => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(null);
  };
  const marked = block => {
    let units = 0;
    for (const mark of block.querySelectorAll('mark[data-annotations]')) units += mark.textContent.length;
    return units;
  };
  const stands = (block, wanted) => !!block && block.textContent.length === wanted[0] && marked(block) === wanted[1];

  // Everything in the window is there: each paragraph down to the lower edge, with all its marks.
  const windowStands = blocks => {
    for (let at = 0; at < expected.length; at += 1) {
      const block = blocks[at];
      if (!block) return false;
      const box = block.getBoundingClientRect();
      if (box.height > 0 && box.top > innerHeight) return at > 0;
      if (!stands(block, expected[at])) return false;
    }
    return true;
  };

  const look = () => {
    const reader = document.getElementById('reader');
    if (reader) {
      // A block without text is a blank line, which is no paragraph here.
      const all = reader.querySelectorAll('[data-block]');
      const texts = [...all].filter(it => it.firstChild && it.textContent !== '');
      if (bench.painted === null && windowStands(texts)) afterPaint(now => { bench.painted ??= now; });
      const last = expected.length - 1;
      if (bench.painted !== null && texts.length === expected.length && stands(texts[last], expected[last])) {
        afterPaint(now => { bench.complete ??= now; });
        return;
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  const markAt = (number, unit) => {
    const walker = document.createTreeWalker(document.querySelector(`#reader [data-block='${number}']`), NodeFilter.SHOW_TEXT);
    for (let node, left = unit; (node = walker.nextNode()); left -= node.data.length)
      if (left < node.data.length) return node.parentElement.closest('mark')?.dataset.annotations ?? '';
    return '';
  };

  // Waits for a press to end and measures until the frame in which a mark over that unit is new.
  bench.expect = (number, unit) => {
    const before = markAt(number, unit);
    bench.added = null;
    addEventListener('pointerup', event => {
      const start = event.timeStamp;
      const wait = () => {
        if (markAt(number, unit) !== before) afterPaint(now => { bench.added = now - start; });
        else if (performance.now() - start < 20000) requestAnimationFrame(wait);
      };
      requestAnimationFrame(wait);
    }, {capture: true, once: true});
  };

  bench.countFrames = () => {
    const gaps = [];
    let last = null;
    bench.counting = true;
    const frame = now => {
      if (last !== null) gaps.push(now - last);
      last = now;
      if (bench.counting) requestAnimationFrame(frame);
      else bench.frames = gaps;
    };
    requestAnimationFrame(frame);
  };
})();
