// Runs in every document before its own scripts. `EXPECTED` is put in by the bench: for each
// paragraph its length and how many of its UTF-16 units are marked. Both pages have the same hooks.
(() => {
  const expected = EXPECTED;
  if (location.pathname.endsWith('warm.html')) return;
  const bench = window.__bench = {tasks: [], painted: null, complete: null, time: null, from: 0, frames: null};
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) bench.tasks.push([entry.startTime, entry.duration]);
  }).observe({type: 'longtask', buffered: true});

  // The first task after a frame's callbacks runs when that frame has been painted.
  const afterPaint = then => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(null);
  };
  // Looks in each frame whether something holds; tells how long after `start` that frame was painted.
  const time = (start, holds, then) => {
    const look = () => {
      if (holds()) afterPaint(now => then(now - start));
      else if (performance.now() - start < 60000) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };

  const marked = block => {
    let units = 0;
    for (const mark of block.querySelectorAll('mark[data-annotations]')) units += mark.textContent.length;
    return units;
  };
  const stands = (block, wanted) => !!block && block.textContent.length === wanted[0] && marked(block) === wanted[1];
  const blocks = () => document.querySelectorAll("#reader[data-document='bench'] [data-block]");

  // Everything in the window is there: each paragraph down to the lower edge, with all its marks.
  const windowStands = () => {
    let at = 0;
    for (const block of blocks()) {
      // A block without text is a blank line, which is no paragraph here.
      if (!block.textContent) continue;
      const box = block.getBoundingClientRect();
      if (box.height > 0 && box.top > innerHeight) return at > 0;
      if (!stands(block, expected[at])) return false;
      at += 1;
    }
    return at === expected.length;
  };
  const allStands = () => {
    const last = [...blocks()].findLast(it => it.textContent);
    return stands(last, expected.at(-1)) && [...blocks()].filter(it => it.textContent).length === expected.length;
  };
  const timeOpening = start => {
    time(start, windowStands, painted => {
      bench.painted = painted;
      time(start, allStands, complete => { bench.complete = complete; });
    });
  };
  // A visit that is led to the article by its address is timed from navigation, one to the text of
  // whatever comes first likewise.
  if (location.hash.endsWith('bench')) timeOpening(0);
  time(0, () => document.querySelector('#boot .block, #reader [data-block]')?.textContent, first => { bench.first = first; });
  time(0, () => 'ready' in document.documentElement.dataset, ready => { bench.ready = ready; });

  const watch = (event, then) => {
    bench.time = null;
    const begin = it => {
      // A key that is held with another one comes before it and does nothing.
      if (it.key === 'Control') return;
      removeEventListener(event, begin, true);
      bench.from = it.timeStamp;
      then(it.timeStamp);
    };
    addEventListener(event, begin, true);
  };
  // From the end of the press on an article's name.
  bench.opening = () => {
    bench.painted = bench.complete = null;
    watch('pointerup', timeOpening);
  };

  // What is seen of the mark over a unit.
  const look = (number, unit) => {
    const walker = document.createTreeWalker(document.querySelector(`#reader [data-block='${number}']`), NodeFilter.SHOW_TEXT);
    for (let node, left = unit; (node = walker.nextNode()); left -= node.data.length)
      if (left < node.data.length) {
        const mark = node.parentElement.closest('mark');
        return mark ? [mark.dataset.annotations, mark.dataset.labels, mark.classList.contains('is-focused')].join('|') : '';
      }
    return '';
  };
  const text = selector => document.querySelector(selector)?.textContent ?? '';
  const conditions = {
    looks: look,
    says: text,
    shows: selector => !!document.querySelector(selector),
    frame: () => Math.random(),
  };
  // Waits for the next `event` and measures until the frame in which an answer is another one.
  bench.expect = (event, what, ...about) => {
    const before = conditions[what](...about);
    watch(event, start => time(start, () => conditions[what](...about) !== before, took => { bench.time = took; }));
  };
  bench.longest = () => bench.tasks.filter(it => it[0] + it[1] > bench.from && it[0] < bench.from + (bench.complete ?? 0))
    .reduce((most, it) => Math.max(most, it[1]), 0);

  // A mark that is wide enough to be clicked: its block, a unit in it, and a place on the screen.
  bench.someMark = number => {
    const block = document.querySelector(`#reader [data-block='${number}']`);
    let unit = 0;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); unit += node.data.length) {
      if (!node.parentElement.closest('mark')) continue;
      const box = node.parentElement.closest('mark').getClientRects()[0];
      if (box.width > 12) return [unit, box.left + 6, box.top + box.height / 2];
    }
    return null;
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
