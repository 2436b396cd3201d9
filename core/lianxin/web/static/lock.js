/* Lianxin: a desk that nobody touches is covered, and the server locks its session; the password opens it where it was, with all that was typed.
   Without this script a job of the server locks it, and the next page asks for the password. */
(function () {
  'use strict';
  var doc = document, body = doc.body, who = body.dataset.who, minutes = 0, touched = Date.now(), told = touched, cover = null;
  if (!who || !window.fetch || !window.HTMLDialogElement) { return; }
  function get(key) { try { return localStorage.getItem(key); } catch (refused) { return null; } }
  function put(key, value) { try { localStorage.setItem(key, value); } catch (refused) { /* private window */ } }

  /* Tabs of one browser share a session: a touch in one counts in all, and nobody goes on in a colleague's page. */
  put('who', who);
  window.addEventListener('storage', function (event) {
    if (event.key === 'who' && event.newValue && event.newValue !== who) { location.reload(); }
    if (event.key === 'unlocked' && cover && String(event.newValue).indexOf(who) === 0) { uncover(); }
  });
  ['pointerdown', 'keydown', 'wheel', 'touchstart'].forEach(function (name) {
    doc.addEventListener(name, function () {
      var now = Date.now();
      if (now - touched > 1000) { put('touched', now); }
      touched = now;
    }, { passive: true, capture: true });
  });

  function uncover() {
    cover.close();
    cover.remove();
    cover = null;
    touched = Date.now();
  }
  function fill(text, path) { // the answer is a page of ours: the form again, or where she was
    var page = new DOMParser().parseFromString(text, 'text/html'), form = page.querySelector('form[data-unlock]');
    if (!form) {
      if (page.body.dataset.who === who) { put('unlocked', who + Date.now()); uncover(); } else { location.assign(path); }
      return;
    }
    cover.textContent = '';
    cover.appendChild(doc.adoptNode(form.closest('section')));
    var field = cover.querySelector('.bad input') || cover.querySelector('input[type=password]') || cover.querySelector('button');
    field.focus();
  }
  function ask() {
    var next = '/sign-in/locked?next=' + encodeURIComponent(location.pathname + location.search);
    fetch(next).then(function (answer) { return answer.text().then(function (text) { fill(text, answer.url); }); })
      .catch(function () { cover.textContent = body.dataset.offline; setTimeout(ask, 5000); });
  }
  function lock() {
    cover = doc.createElement('dialog');
    cover.className = 'cover';
    cover.addEventListener('cancel', function (event) { event.preventDefault(); });
    cover.addEventListener('submit', function (event) {
      var form = event.target;
      if (!form.hasAttribute('data-unlock')) { return; }
      event.preventDefault();
      event.stopPropagation();
      fetch(form.getAttribute('action'), { method: 'POST', body: new URLSearchParams(new FormData(form)) })
        .then(function (answer) { return answer.text().then(function (text) { fill(text, answer.url); }); })
        .catch(function () { window.lianxin.say(body.dataset.offline); });
    });
    body.appendChild(cover);
    cover.showModal();
    fetch('/sign-in/lock', { method: 'POST' }).then(ask, ask);
  }
  window.lianxin.lock = lock;

  fetch('/sign-in/idle', { headers: { accept: 'application/json' } })
    .then(function (answer) { return answer.ok ? answer.json() : { minutes: 0 }; })
    .then(function (answer) { minutes = answer.minutes; }).catch(function () { /* no signal: the server locks it */ });
  setInterval(function () { // who writes for long asks for nothing meanwhile: the server is told that she is there
    if (minutes && !cover && touched > told && Date.now() - told > Math.min(minutes * 30000, 120000)) {
      told = Date.now();
      fetch('/sign-in/idle').catch(function () { /* no signal */ });
    }
    var at = Math.max(touched, Number(get('touched')) || 0);
    if (minutes && !cover && Date.now() - at >= minutes * 60000) { lock(); }
  }, 3000);
})();
