// Unpacks what xtask/src/one_file/pack.rs has packed, and puts it where the page on a site has what it fetches.
(function () {
  var written = document.getElementById("sourcelight-program").textContent;
  var work = document.getElementById("sourcelight-work").textContent;

  // Seven bits stand in each sign; those that HTML changes stand as a number in the sign before the next seven.
  function bytesOf(text, from) {
    var bytes = new Uint8Array(text.length * 2), kept = 0, count = 0, at = 0;
    function take(seven) {
      kept = kept << 7 | seven;
      count += 7;
      if (count > 7) bytes[at++] = kept >> (count -= 8);
      kept &= 255;
    }
    for (; from < text.length; from++) {
      var sign = text.charCodeAt(from);
      if (sign > 127) take([0, 10, 13, 26, 38, 60][sign >> 8]);
      take(sign & 127);
    }
    return bytes.subarray(0, at);
  }

  // LZMA with four bits of the letter before as context for a letter, and none of the place.
  function unpacked(packed, size) {
    var REPEATED = 12, FIRST = 24, SECOND = 36, THIRD = 48, SHORT = 60, SLOTS = 72, FAR = 328, ALIGNED = 444, LENGTHS = 460,
      LETTERS = LENGTHS + 2 * 514;
    var chances = new Uint16Array(LETTERS + (768 << 4)).fill(1024), whole = new Uint8Array(size);
    var at = 0, from = 1, range = 4294967295, code = 0, state = 0, near = 0, second = 0, third = 0, fourth = 0;
    function fill() {
      if (range < 16777216) {
        range = range * 256;
        code = code * 256 + packed[from++];
      }
    }
    function bit(place) {
      fill();
      var chance = chances[place], bound = (range >>> 11) * chance;
      if (code < bound) {
        range = bound;
        chances[place] += 2048 - chance >> 5;
        return 0;
      }
      range -= bound;
      code -= bound;
      chances[place] -= chance >> 5;
      return 1;
    }
    function tree(base, bits) {
      for (var it = 1; it < 1 << bits;) it = it << 1 | bit(base + it);
      return it - (1 << bits);
    }
    function treeFromBelow(base, bits) {
      for (var it = 1, found = 0, place = 0; place < bits; place++) {
        var one = bit(base + it);
        it = it << 1 | one;
        found |= one << place;
      }
      return found;
    }
    function lengthOf(base) {
      if (!bit(base)) return tree(base + 2, 3);
      return bit(base + 1) ? 16 + tree(base + 258, 8) : 8 + tree(base + 130, 3);
    }
    function distance(length) {
      var slot = tree(SLOTS + 64 * Math.min(length, 3), 6);
      if (slot < 4) return slot;
      var bits = (slot >> 1) - 1, found = 2 | slot & 1;
      if (slot < 14) {
        found <<= bits;
        return found + treeFromBelow(FAR + found - slot, bits);
      }
      for (; bits > 4; bits--) {
        fill();
        range = range >>> 1;
        found = found << 1 | (code >= range);
        if (code >= range) code -= range;
      }
      return (found << 4) + treeFromBelow(ALIGNED, 4);
    }
    for (; from < 5; from++) code = code * 256 + packed[from];
    while (at < size) {
      if (!bit(state)) {
        var base = LETTERS + 768 * (at ? whole[at - 1] >> 4 : 0), letter = 1;
        if (state > 6) {
          for (var other = whole[at - near - 1] | 256; letter < 256;) {
            other <<= 1;
            var one = bit(base + (1 + (other >> 8 & 1) << 8) + letter);
            letter = letter << 1 | one;
            if (one !== (other >> 8 & 1)) break;
          }
        }
        while (letter < 256) letter = letter << 1 | bit(base + letter);
        whole[at++] = letter;
        state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
        continue;
      }
      var length;
      if (!bit(REPEATED + state)) {
        fourth = third;
        third = second;
        second = near;
        length = lengthOf(LENGTHS);
        near = distance(length);
        state = state < 7 ? 7 : 10;
      } else {
        if (!bit(FIRST + state)) {
          if (!bit(SHORT + state)) {
            whole[at] = whole[at - near - 1];
            at++;
            state = state < 7 ? 9 : 11;
            continue;
          }
        } else {
          var again = second;
          if (bit(SECOND + state)) {
            again = third;
            if (bit(THIRD + state)) {
              again = fourth;
              fourth = third;
            }
            third = second;
          }
          second = near;
          near = again;
        }
        length = lengthOf(LENGTHS + 514);
        state = state < 7 ? 8 : 11;
      }
      for (length += 2; length-- && at < size; at++) whole[at] = whole[at - near - 1];
    }
    fill();
    // Where anything was changed on the way, something is left over.
    if (code) throw new Error("This file is damaged.");
    return whole;
  }

  // Whether the work that came with the file is in the store already: there it has gone on since.
  function isTaken() {
    try {
      // A lesson is offered until it is begun, and again when it was put away.
      var isLesson = /^lesson-/.test(document.querySelector("meta[name=sourcelight-store]").content);
      var begun = localStorage.getItem("sl1:settings:lesson") || "";
      if (isLesson && begun.indexOf("span-annotations") < 0) return false;
      return Object.keys(localStorage).some(function (key) { return /^sl1:(?!b$|settings:)/.test(key); });
    } catch (refused) {
      return false;
    }
  }

  var size = parseInt(written, 10), whole = unpacked(bytesOf(written, ("" + size).length + 1), size);
  var at = whole.indexOf(10) + 1, files = {}, coming = window.sourcelightComing = {};
  function text(bytes) { return new TextDecoder().decode(bytes); }
  function put(tag, name, type) {
    var it = document.createElement(tag);
    if (type) it.type = type;
    it.textContent = text(files[name]);
    document.head.appendChild(it);
  }
  function give(name, content) { coming[new URL(name, location).href] = Promise.resolve(new Response(content)); }
  JSON.parse(text(whole.subarray(0, at - 1))).forEach(function (it) {
    files[it[0]] = whole.subarray(at, at += it[1]);
    if (/^articles\//.test(it[0])) give(it[0], files[it[0]]);
  });
  put("style", "style.css");
  var page = text(files["page.html"]);
  // The file as it was made, without any work in it.
  window.sourcelightFile = function () { return page.replace("{gap:program}", function () { return written; }); };
  if (work) give("articles/index.json", isTaken() ? "" : work);
  if (window.sourcelightProgram !== null) {
    window.sourcelightProgram = files["program.wasm"].slice();
    put("script", "glue.js", "module");
  }
  whole = files = null;
})();
