/* Lianxin: what a page gains from a script. Nothing here is needed: every page works without it.
   Switched on by attributes: data-print, data-copy, data-read, data-once, data-keep, data-remember, and data-live on <body>. */
(function () {
  'use strict';
  var doc = document, body = doc.body, words = body.dataset;

  function each(selector, act, within) {
    Array.prototype.forEach.call((within || doc).querySelectorAll(selector), act);
  }
  function store(name) { // private windows may refuse storage altogether
    try { return window[name]; } catch (refused) { return null; }
  }
  var lasting = store('localStorage'), passing = store('sessionStorage');
  function get(where, key) { try { return where.getItem(key); } catch (refused) { return null; } }
  function put(where, key, value) { try { where.setItem(key, value); } catch (refused) { /* full or refused */ } }
  function drop(where, key) { try { where.removeItem(key); } catch (refused) { /* refused */ } }

  /* One polite place for what went wrong; never a pop-up, never instead of the page. */
  function say(text, href, label) {
    var place = doc.getElementById('page-message');
    if (!place) { return; }
    place.textContent = '';
    if (!text) { return; }
    var note = doc.createElement('div'), line = doc.createElement('span');
    note.className = 'note note-soon';
    line.textContent = text;
    if (href) {
      var link = doc.createElement('a');
      link.href = href;
      link.textContent = label;
      line.appendChild(doc.createTextNode(' '));
      line.appendChild(link);
    }
    note.appendChild(line);
    place.appendChild(note);
    place.scrollIntoView({ block: 'nearest' });
  }
  window.lianxin = { say: say };

  /* ---- print, copy ---- */
  each('[data-print]', function (button) { button.hidden = false; });
  each('[data-copy]', function (button) { button.hidden = false; });
  function copied(button) {
    var place = doc.createElement('span');
    place.className = 'hide';
    place.setAttribute('role', 'status');
    button.parentNode.appendChild(place);
    place.textContent = words.copied;
    var label = button.lastChild, before = label.textContent;
    label.textContent = words.copied;
    setTimeout(function () { label.textContent = before; place.remove(); }, 2500);
  }
  function copy(button) {
    var text = button.dataset.copy;
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(function () { copied(button); }, function () { /* refused by the person */ });
      return;
    }
    var area = doc.createElement('textarea'); // plain http on the county's network has no clipboard API
    area.value = text;
    area.className = 'hide';
    body.appendChild(area);
    area.select();
    try { if (doc.execCommand('copy')) { copied(button); } } finally { area.remove(); button.focus(); }
  }

  /* ---- read aloud, by the browser's own voice ---- */
  var voice = window.speechSynthesis, reading = null;
  if (voice && window.SpeechSynthesisUtterance) {
    each('[data-read]', function (button) { button.hidden = false; });
    window.addEventListener('pagehide', function () { voice.cancel(); });
  }
  function spoken(node) { // visible text only; controls and marks for scripts are not read
    var out = '';
    Array.prototype.forEach.call(node.childNodes, function (child) {
      if (child.nodeType === 3) { out += child.nodeValue; return; }
      if (child.nodeType !== 1 || child.hidden || child.getAttribute('aria-hidden') === 'true') { return; }
      if (/^(SCRIPT|STYLE|SVG|BUTTON|FORM|NAV|SELECT|TEXTAREA|INPUT)$/i.test(child.tagName)) { return; }
      var block = /^(P|LI|H1|H2|H3|DIV|SECTION|DT|DD|TR|BR|B|SMALL)$/.test(child.tagName);
      out += (block ? '\n' : '') + spoken(child) + (block ? '\n' : '');
    });
    return out;
  }
  function pieces(text) { // browsers cut long texts off: sentence by sentence, 120 characters at most
    var out = [];
    text.replace(/([。！？；!?;])/g, '$1\n').split(/\n+/).forEach(function (part) {
      part = part.replace(/\s+/g, ' ').trim();
      while (part.length > 120) { out.push(part.slice(0, 120)); part = part.slice(120); }
      if (/[^\s，。、·:：\-]/.test(part)) { out.push(part); }
    });
    return out;
  }
  function hush() {
    if (!reading) { return; }
    var button = reading;
    reading = null;
    voice.cancel();
    button.setAttribute('aria-pressed', 'false');
    button.querySelector('span').textContent = button.dataset.label;
  }
  function read(button) {
    if (reading) { var same = reading === button; hush(); if (same) { return; } }
    var target = doc.querySelector(button.dataset.read), rest = target ? pieces(spoken(target)) : [];
    var label = button.querySelector('span');
    button.dataset.label = button.dataset.label || label.textContent;
    label.textContent = words.stop;
    button.setAttribute('aria-pressed', 'true');
    reading = button;
    (function next() {
      if (reading !== button) { return; }
      if (!rest.length) { hush(); return; }
      var phrase = new SpeechSynthesisUtterance(rest.shift());
      phrase.lang = doc.documentElement.lang === 'en' ? 'en' : 'zh-CN';
      phrase.rate = doc.documentElement.dataset.elder ? 0.85 : 0.95;
      phrase.onend = next;
      phrase.onerror = hush;
      voice.speak(phrase);
    })();
  }

  doc.addEventListener('click', function (event) {
    var button = event.target.closest && event.target.closest('[data-print],[data-copy],[data-read]');
    if (!button) { return; }
    if (button.hasAttribute('data-print')) { window.print(); }
    else if (button.hasAttribute('data-copy')) { copy(button); }
    else { read(button); }
  });

  /* ---- sent once: the server would see a second click as a replay; the person should not even wonder ---- */
  function release(form) {
    delete form.dataset.sent;
    each('[aria-disabled]', function (button) { button.removeAttribute('aria-disabled'); }, form);
  }
  doc.addEventListener('submit', function (event) {
    var form = event.target;
    if (event.defaultPrevented || !form.hasAttribute('data-once')) { return; }
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sent = '1';
    var button = event.submitter || form.querySelector('button:not([type=button])');
    if (button) { button.setAttribute('aria-disabled', 'true'); }
    setTimeout(function () { release(form); }, 20000);
  }, true);
  window.addEventListener('pageshow', function (event) { if (event.persisted) { each('form[data-sent]', release); } });
  doc.addEventListener('htmx:finally:request', function (event) {
    var form = event.target.closest && event.target.closest('form[data-sent]');
    if (form) { release(form); }
  });

  /* ---- what was typed is kept until it has gone through ---- */
  var KEPT = 'kept:', SENT = 'kept-sent', HALF_AN_HOUR = 1800000;
  function keepable(field) {
    return field.name && !/^(hidden|password|file|submit|button)$/.test(field.type) && field.autocomplete !== 'off' &&
      field.autocomplete !== 'one-time-code' && !field.closest('[data-secret]');
  }
  function address(form) { // by person: at a shared machine nobody finds what a colleague has typed
    return KEPT + (words.who ? words.who + ':' : '') + form.getAttribute('action');
  }
  function typed(form) {
    return Array.prototype.filter.call(form.elements, keepable).map(function (field) {
      return /^(checkbox|radio)$/.test(field.type) ? [field.name, field.value, field.checked] : [field.name, field.value];
    });
  }
  function restore(form, entry) {
    var changed = false;
    Array.prototype.filter.call(form.elements, keepable).forEach(function (field, index) {
      var old = entry[index];
      if (!old || old[0] !== field.name) { return; }
      if (old.length === 3) {
        if (old[1] === field.value && field.checked !== old[2]) { field.checked = old[2]; changed = true; }
      } else if (!field.value && old[1]) { field.value = old[1]; changed = true; }
    });
    if (changed) { say(words.kept); }
  }
  function keep(form) {
    put(passing, address(form), JSON.stringify({ at: Date.now(), typed: typed(form) }));
  }
  (function () {
    var failed = body.classList.contains('went-wrong') || location.pathname.indexOf('/sign-in') === 0;
    var sent = get(passing, SENT), wrong = doc.querySelector('form[data-keep] .bad, #errors');
    var again = sent && Array.prototype.some.call(doc.querySelectorAll('form[data-keep]'), function (form) { return address(form) === sent; });
    var thanked = doc.querySelector('[data-notice=ok]'); // the same form once more without thanks: it came back from a failure
    if (sent && !failed && !wrong && (!again || thanked)) { drop(passing, sent); }
    if (sent && !failed) { drop(passing, SENT); }
    each('form[data-keep]', function (form) {
      var entry = null;
      try { entry = JSON.parse(get(passing, address(form)) || 'null'); } catch (spoilt) { /* not ours */ }
      if (!entry) { return; }
      if (Date.now() - entry.at > HALF_AN_HOUR) { drop(passing, address(form)); return; }
      if (!wrong) { restore(form, entry.typed); }
    });
    each('form[data-forget]', function (form) { // signing out on a shared computer leaves nothing behind
      form.addEventListener('submit', function () { try { passing.clear(); } catch (refused) { /* refused */ } });
    });
  })();
  var waiting = 0;
  doc.addEventListener('input', function (event) {
    var form = event.target.form;
    if (!form || !form.hasAttribute('data-keep')) { return; }
    clearTimeout(waiting);
    waiting = setTimeout(function () { keep(form); }, 400);
  });
  doc.addEventListener('submit', function (event) {
    var form = event.target;
    if (event.defaultPrevented || !form.hasAttribute('data-keep')) { return; }
    clearTimeout(waiting);
    keep(form);
    put(passing, SENT, address(form));
  });

  /* ---- remembered choices that stay on this device: open or shut ---- */
  each('details[data-remember]', function (details) {
    var key = 'open:' + details.dataset.remember, was = get(lasting, key);
    if (was !== null) { details.open = was === '1'; }
    details.addEventListener('toggle', function () { put(lasting, key, details.open ? '1' : '0'); });
  });

  /* ---- after a failed form the summary has the focus ---- */
  var errors = doc.getElementById('errors');
  if (errors) { errors.focus(); }

  /* ---- before a locked machine one types at once ---- */
  var proof = doc.querySelector('main.locked input[type=password], main.locked [data-unlock] button');
  if (proof && !errors) { proof.focus(); }

  /* ---- htmx: a failure goes to the message area, never into a cell; nothing typed is lost ---- */
  function signIn() { return '/sign-in?next=' + encodeURIComponent(location.pathname + location.search); }
  doc.addEventListener('htmx:after:request', function (event) {
    var ctx = event.detail.ctx, raw = ctx.response.raw, status = ctx.response.status;
    var led = raw.redirected && new URL(raw.url).pathname.indexOf('/sign-in') === 0;
    if (!led && (status < 400 || status === 422)) { say(''); return; }
    if (!led && status !== 401 && ctx.text.indexOf('went-wrong') >= 0) { // our own words: shown where messages stand
      ctx.hx.retarget = '#page-message';
      ctx.hx.reswap = 'innerHTML';
      return;
    }
    ctx.hx = {};
    event.preventDefault(); // a proxy's page or a sign-in page has no place inside this one
    if (status === 401 || led) { say(words.ended, signIn(), words.signin); } else { say(words.broken); }
  });
  doc.addEventListener('htmx:error', function (event) {
    if (event.detail.ctx && !event.detail.ctx.response) { say(navigator.onLine === false ? words.offline : words.broken); }
  });
  window.addEventListener('online', function () { say(''); });

  /* ---- live: one stream a browser and address, shared by its tabs, closed while nobody looks ----
     Events are JSON {"topic": "matter.changed", …}; each is dispatched on <body> as live, live:<topic> and
     live:<first word of the topic>, so hx-trigger="live:matter from:body" asks again after one. */
  var url = words.live, channel = null, source = null, stop = null;
  function tell(data) {
    var topic = String(data.topic || '');
    ['live', 'live:' + topic.split('.')[0]].concat(topic.indexOf('.') > 0 ? ['live:' + topic] : []).forEach(function (name) {
      body.dispatchEvent(new CustomEvent(name, { detail: data, bubbles: true }));
    });
  }
  function state(on) { body.dataset.liveState = on ? 'on' : 'off'; }
  function open() {
    source = new EventSource(url, { withCredentials: true });
    source.onopen = function () { state(true); if (channel) { channel.postMessage({ state: true }); } };
    source.onerror = function () { state(false); if (channel) { channel.postMessage({ state: false }); } };
    source.onmessage = function (event) {
      var data;
      try { data = JSON.parse(event.data); } catch (spoilt) { return; }
      tell(data);
      if (channel) { channel.postMessage({ event: data }); }
    };
  }
  function close() { if (source) { source.close(); source = null; } }
  function listen() {
    if (stop) { return; }
    if (!navigator.locks || !channel) { open(); stop = close; return; } // plain http: one stream a visible tab
    var abort = new AbortController(), done = null;
    stop = function () { close(); abort.abort(); if (done) { done(); } };
    navigator.locks.request('lianxin-live ' + url, { signal: abort.signal }, function () {
      open();
      return new Promise(function (resolve) { done = resolve; });
    }).catch(function () { /* given up while waiting: this tab was hidden */ });
    state(true);
  }
  function rest() { if (stop) { stop(); stop = null; state(false); } }
  if (url && window.EventSource) {
    if (window.BroadcastChannel) {
      channel = new BroadcastChannel('lianxin-live ' + url);
      channel.onmessage = function (message) {
        if (source || doc.hidden) { return; }
        if (message.data.event) { tell(message.data.event); } else { state(message.data.state); }
      };
    }
    doc.addEventListener('visibilitychange', function () { if (doc.hidden) { rest(); } else { listen(); tell({ topic: 'back' }); } });
    window.addEventListener('pagehide', rest);
    window.addEventListener('pageshow', function (event) { if (event.persisted && !doc.hidden) { listen(); } });
    if (!doc.hidden) { listen(); }
  }
})();
