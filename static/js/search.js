// The search form submits itself 250 ms after the last key; htmx swaps the list and drops an older answer.
import htmx from 'htmx.org'
import { announce, on } from './dom.js'

const FORM = 'form[data-live-search]'
let timer

function later(form) {
  clearTimeout(timer)
  timer = setTimeout(() => htmx.trigger(form, 'live'), 250)
}

on('input', FORM, (form, event) => event.isComposing || later(form))
on('compositionend', FORM, later)
on('submit', FORM, () => clearTimeout(timer))

// Defaults are left out of the address, with and without htmx; a time zone is one where no day is chosen.
function clean(data) {
  for (const [name, value] of [...data]) if (value === '') data.delete(name)
  if (![...data.keys()].some((name) => /(^|_)(from|to)$/.test(name))) data.delete('tz')
}
on('formdata', 'form[data-clean]', (form, { formData }) => clean(formData))
document.addEventListener('htmx:configRequest', ({ detail }) => detail.verb === 'get' && clean(detail.formData))

// What took the place of a part has to be made live again, its search too.
document.addEventListener('part:swapped', () => htmx.process(document.body))

// Another page than the one asked for (signed out, an error) is not a part of this one: go there.
document.addEventListener('htmx:beforeSwap', (event) => {
  const { xhr, pathInfo } = event.detail
  const asked = new URL(pathInfo.requestPath, location.href).pathname
  const came = new URL(xhr.responseURL || asked, location.href).pathname
  if (xhr.status < 400 && came === asked) return
  event.detail.shouldSwap = false
  location.href = xhr.status < 400 ? xhr.responseURL : pathInfo.finalRequestPath || pathInfo.requestPath
})
document.addEventListener('htmx:afterSettle', ({ detail }) => {
  const said = document.querySelector('[data-announce]')
  if (detail.requestConfig?.elt?.matches(FORM) && said) announce(said.dataset.announce)
})
