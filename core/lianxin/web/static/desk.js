/* Lianxin: the desk's keyboard. Single keys can be turned off in the dialog (and stay off on this device); with none, Tab and Enter do everything.
   Lines are a.job; a button with data-key="c" is pressed by C. The list never moves by itself: arrivals only show a line that offers to. */
(function () {
  'use strict';
  var doc = document, dialog = doc.getElementById('keys'), box = doc.getElementById('keys-on');
  var on = true;
  try { on = localStorage.getItem('keys') !== 'off'; } catch (refused) { /* private window */ }
  if (box) {
    box.checked = on;
    box.addEventListener('change', function () {
      on = box.checked;
      try { localStorage.setItem('keys', on ? 'on' : 'off'); } catch (refused) { /* private window */ }
    });
  }

  if (/\/desk\/find$/.test(location.pathname) && !doc.querySelector('#errors, .rows')) { search(); } // type at once

  function lines() { return Array.prototype.slice.call(doc.querySelectorAll('.queue a.job')); }
  function move(by) {
    var all = lines(), at = all.indexOf(doc.activeElement);
    if (at < 0) { at = all.findIndex(function (line) { return line.hasAttribute('aria-current'); }); }
    var next = all[Math.max(0, Math.min(all.length - 1, at + by))];
    if (next) { next.focus(); next.scrollIntoView({ block: 'nearest' }); }
  }
  function press(key) {
    var button = doc.querySelector('#detail [data-key="' + key + '"]') || doc.querySelector('#main [data-key="' + key + '"]') || doc.querySelector('#side [data-key="' + key + '"]');
    if (button && !button.disabled) { button.click(); }
  }
  function search() {
    var field = doc.querySelector('#main input[type=search], input[type=search]');
    if (field) { field.focus(); field.select(); return; }
    var find = doc.querySelector('nav a[href$="/desk/find"]'); // from anywhere: the box is one key away
    if (find) { find.click(); }
  }

  doc.addEventListener('keydown', function (event) {
    var field = event.target, writing = /^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName) && !/^(checkbox|radio)$/.test(field.type);
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && field.tagName === 'TEXTAREA' && field.form) {
      event.preventDefault();
      field.form.requestSubmit();
      return;
    }
    if (event.key === 'Enter' && field.name === 'id_number' && field.form && !event.isComposing) { // a card reader types, and ends with Enter
      var after = Array.prototype.slice.call(field.form.querySelectorAll('input:not([type=hidden]), select, textarea, button'));
      event.preventDefault();
      (after[after.indexOf(field) + 1] || field).focus();
      return;
    }
    if (writing) { if (event.key === 'Escape') { field.blur(); } return; }
    if (!on || event.ctrlKey || event.metaKey || event.altKey || doc.querySelector('dialog[open]')) { return; }
    var key = event.key.toLowerCase();
    if (key === 'j') { move(1); } else if (key === 'k') { move(-1); }
    else if (key === '/') { search(); }
    else if (key === '?' && dialog && dialog.showModal) { dialog.showModal(); }
    else if (/^[a-z]$/.test(key)) { press(key); return; }
    else { return; }
    event.preventDefault();
  });
  if (dialog && dialog.showModal) { // the foot of the queue opens it too: for those whose single keys are off, the only way back
    doc.querySelector('.keys button').hidden = false;
    doc.addEventListener('click', function (event) {
      if (event.target.closest && event.target.closest('.keys')) { dialog.showModal(); }
    });
  }

  /* The detail came in beside the list: mark its line, go on from there by Tab, and on a phone show it alone. */
  doc.addEventListener('htmx:after:swap', function (event) {
    var ctx = event.detail.ctx, target = ctx && (typeof ctx.target === 'string' ? doc.querySelector(ctx.target) : ctx.target);
    if (!target || target.id !== 'detail') { return; }
    lines().forEach(function (line) {
      if (line === ctx.sourceElement) { line.setAttribute('aria-current', 'true'); } else { line.removeAttribute('aria-current'); }
    });
    var panes = doc.querySelector('.panes');
    if (panes) { panes.classList.add('panes-open'); }
    target.scrollTop = 0;
    target.focus({ preventScroll: true });
    if (window.matchMedia('(max-width: 59.99rem)').matches) { window.scrollTo(0, 0); }
  });
})();
