/* Lianxin: photos go up with a bar that moves. A form with data-upload is sent by this script instead of the browser;
   the server's answer is the same: another page (shown), the same page with errors (its <main> taken over), or a failure (said; the form stays). */
(function () {
  'use strict';
  var doc = document, say = window.lianxin ? window.lianxin.say : function () {}, words = doc.body.dataset;

  function size(bytes) { return (bytes / 1048576).toFixed(1) + ' MB'; }
  doc.addEventListener('change', function (event) {
    var field = event.target;
    if (field.type !== 'file') { return; }
    var place = doc.querySelector('[data-files="' + field.id + '"]');
    if (place) {
      place.textContent = Array.prototype.map.call(field.files, function (file) { return file.name + ' · ' + size(file.size); }).join('\n');
    }
  });

  function show(form, percent) {
    var place = form.querySelector('[data-progress]');
    if (!place) { return; }
    place.hidden = percent === null;
    if (percent === null) { return; }
    var line = place.querySelector('[data-words]'), step = Math.floor(percent / 10) * 10;
    place.querySelector('progress').value = percent;
    if (line.dataset.step !== String(step)) { // a reader hears every tenth, not every byte
      line.dataset.step = String(step);
      line.textContent = line.dataset.words.replace('{percent}', String(step));
    }
  }
  function again(form) {
    show(form, null);
    delete form.dataset.sent;
    Array.prototype.forEach.call(form.querySelectorAll('[aria-disabled]'), function (button) { button.removeAttribute('aria-disabled'); });
  }
  function errors(form, text) { // the same page with what was typed and the messages
    var page = new DOMParser().parseFromString(text, 'text/html'), main = page.getElementById('main');
    if (!main) { again(form); say(words.broken); return; }
    doc.getElementById('main').replaceWith(doc.adoptNode(main));
    doc.title = page.title;
    if (window.htmx) { window.htmx.process(doc.getElementById('main')); }
    var summary = doc.getElementById('errors');
    if (summary) { summary.focus(); }
  }
  function send(form, submitter) {
    var request = new XMLHttpRequest(), data = new FormData(form);
    if (submitter && submitter.name) { data.append(submitter.name, submitter.value); }
    request.open('POST', form.action);
    request.setRequestHeader('Accept', 'text/html');
    request.upload.onprogress = function (event) { if (event.lengthComputable) { show(form, 100 * event.loaded / event.total); } };
    request.onload = function () {
      if (request.status < 400) { location.assign(request.responseURL); return; }
      if (request.status === 422) { errors(form, request.responseText); return; }
      again(form);
      if (request.status === 401) {
        say(words.ended, '/sign-in?next=' + encodeURIComponent(location.pathname + location.search), words.signin);
      } else { say(words.broken); }
    };
    request.onerror = function () { again(form); say(navigator.onLine === false ? words.offline : words.broken); };
    show(form, 0);
    request.send(data);
  }
  doc.addEventListener('submit', function (event) {
    var form = event.target;
    if (event.defaultPrevented || !form.hasAttribute('data-upload') || !window.FormData || !window.DOMParser) { return; }
    if (!form.querySelector('input[type=file]')) { return; }
    event.preventDefault();
    send(form, event.submitter);
  });
})();
