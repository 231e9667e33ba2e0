// Who has not chosen a time zone yet is offered the browser's, where it is another than the page shows.
const offer = document.querySelector('form[data-zone]')
const here = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The hour that a zone shows, on a day in winter and one in summer: zones of one time under two names offer nothing. */
function hours(timeZone) {
  const show = new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const year = new Date().getFullYear()
  return [0, 6].map((month) => show.format(Date.UTC(year, month, 15))).join()
}

if (offer && here && hours(here) !== hours(offer.dataset.zone)) {
  offer.querySelector('[data-zone-name]').textContent = here
  offer.querySelector('[data-zone-value]').value = here
  offer.hidden = false
}
