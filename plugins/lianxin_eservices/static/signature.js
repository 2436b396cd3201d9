/* Lianxin: signing on glass. Each [data-signature="field-id"] becomes a sheet to sign on with finger, pen or mouse; when the
   form is sent, what was drawn goes along as a picture in that file field. Without script the field takes a photo of the paper. */
(function () {
  'use strict';
  if (!window.DataTransfer || !window.PointerEvent || !HTMLCanvasElement.prototype.toBlob) { return; }
  var WIDE = 900, HIGH = 360, LEAST = 12; // strokes shorter than this are a slip of the finger

  function pad(place) {
    var field = document.getElementById(place.dataset.signature), sheet = place.querySelector('canvas'), form = field && field.form;
    if (!field || !sheet || !form) { return; }
    var pen = sheet.getContext('2d'), drawing = false, drawn = 0;
    sheet.width = WIDE; sheet.height = HIGH;
    sheet.style.width = '100%'; sheet.style.maxWidth = '38rem'; sheet.style.touchAction = 'none'; sheet.style.background = '#fff';
    sheet.style.border = '2px solid #767676'; sheet.style.borderRadius = '8px'; sheet.style.display = 'block';
    function clear() { drawn = 0; pen.fillStyle = '#fff'; pen.fillRect(0, 0, WIDE, HIGH); field.value = ''; }
    function at(event) {
      var box = sheet.getBoundingClientRect();
      return [(event.clientX - box.left) * WIDE / box.width, (event.clientY - box.top) * HIGH / box.height];
    }
    function keep() { // a picture in the file field, as if it had been chosen there
      if (drawn < LEAST) { return; }
      sheet.toBlob(function (blob) {
        var chosen = new DataTransfer();
        chosen.items.add(new File([blob], 'signature.png', { type: 'image/png' }));
        field.files = chosen.files;
        place.dataset.signed = 'yes';
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }, 'image/png');
    }
    sheet.addEventListener('pointerdown', function (event) {
      drawing = true; sheet.setPointerCapture(event.pointerId);
      pen.lineWidth = 5; pen.lineCap = 'round'; pen.lineJoin = 'round'; pen.strokeStyle = '#111';
      pen.beginPath(); pen.moveTo.apply(pen, at(event)); event.preventDefault();
    });
    sheet.addEventListener('pointermove', function (event) {
      if (!drawing) { return; }
      pen.lineTo.apply(pen, at(event)); pen.stroke(); drawn += 1; event.preventDefault();
    });
    function end() { if (drawing) { drawing = false; keep(); } }
    sheet.addEventListener('pointerup', end);
    sheet.addEventListener('pointercancel', end);
    place.querySelector('[data-clear]').addEventListener('click', function () { delete place.dataset.signed; clear(); sheet.focus(); });
    clear();
    place.hidden = false;
  }
  Array.prototype.forEach.call(document.querySelectorAll('[data-signature]'), pad);
})();
