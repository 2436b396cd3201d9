/* The field at which the colleague points stands out; asked again whenever the banner is drawn anew. */
(function () {
  'use strict';
  function mark() {
    document.querySelectorAll('.pointed').forEach(function (old) { old.classList.remove('pointed'); });
    var banner = document.querySelector('[data-points-at]');
    var found = banner && document.getElementById(banner.dataset.pointsAt);
    if (found) { (found.closest('.field') || found).classList.add('pointed'); }
  }
  document.addEventListener('htmx:after:swap', mark);
  mark();
})();
