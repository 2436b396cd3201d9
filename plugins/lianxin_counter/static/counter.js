/* Lianxin, the counter: the wall speaks new calls, the tablet goes back to its two buttons. Nothing here is needed to take or call a number. */
(function () {
  'use strict';
  var doc = document, voice = window.speechSynthesis, button = doc.querySelector('[data-voice]');

  /* ---- the wall: what is called anew is spoken twice, by the browser's own voice; a browser speaks only after a tap ---- */
  function calls() { return Array.prototype.slice.call(doc.querySelectorAll('#now [data-say]')); }
  var known = {}, on = false;
  function remember() { calls().forEach(function (line) { known[line.dataset.key] = true; }); }
  function speak(text) {
    var phrase = new SpeechSynthesisUtterance(text);
    phrase.lang = doc.documentElement.lang === 'en' ? 'en' : 'zh-CN';
    phrase.rate = 0.85;
    voice.speak(phrase);
  }
  function show() {
    var label = button.querySelector('span');
    button.setAttribute('aria-pressed', on ? 'true' : 'false');
    label.textContent = on ? label.dataset.on : label.dataset.off;
  }
  if (button && voice && window.SpeechSynthesisUtterance) {
    button.hidden = false;
    remember();
    button.addEventListener('click', function () {
      on = !on;
      show();
      if (on) { speak(button.querySelector('span').dataset.on); } else { voice.cancel(); }
    });
    doc.addEventListener('htmx:after:swap', function () {
      calls().reverse().forEach(function (line) {
        if (on && !known[line.dataset.key]) { speak(line.dataset.say); speak(line.dataset.say); }
      });
      remember();
    });
  }

  /* ---- the tablet: prints if the station says so; after 40 seconds without a touch the next person finds two buttons ---- */
  var slip = doc.querySelector('[data-return]'), waiting = 0;
  function again() {
    clearTimeout(waiting);
    waiting = setTimeout(function () { location.replace(slip.dataset.return); }, 40000);
  }
  if (slip) {
    ['pointerdown', 'keydown', 'scroll'].forEach(function (name) { doc.addEventListener(name, again, { passive: true }); });
    again();
    if (slip.hasAttribute('data-prints')) { window.addEventListener('load', function () { window.print(); }); }
  }
})();
