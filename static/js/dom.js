// What several behaviours share: delegated listeners, the live region, counted sentences.

/** Listens on the document for events at elements that match, also those that come later. */
export const on = (type, selector, act, options) =>
  document.addEventListener(type, (event) => {
    const found = event.target instanceof Element && event.target.closest(selector)
    if (found) act(found, event)
  }, options)

let turn = false

/** Says a sentence through the page's live region; the same one twice in a row is said twice. */
export function announce(text) {
  const region = document.getElementById('announcer')
  turn = !turn
  if (region && text) region.textContent = turn ? text : text + ' '
}

const rules = new Intl.PluralRules(document.documentElement.lang || 'en')
const number = new Intl.NumberFormat(document.documentElement.lang || 'en')

/** The sentence for n: `data-one` was written for 1, `data-few` for 2, `data-other` for 20; `more` follows the number. */
export function counted({ one, few, other }, n, more = '') {
  const form = rules.select(n)
  const [text, digits] = form === 'one' ? [one, '1'] : form === 'few' ? [few, '2'] : [other, '20']
  return text.replace(digits, number.format(n) + more)
}

/** Puts the list of a page in the place of ours, with what that page says; false if one of the two has none. */
export function swapList(page) {
  const parts = ['#list', '.sidebar .nav'].map((part) => [document.querySelector(part), page?.querySelector(part)])
  if (!parts[0][0] || !parts[0][1]) return false
  renewKeys(page)
  const { scrollX, scrollY } = window
  for (const [now, next] of parts) if (next) now?.replaceWith(document.adoptNode(next))
  scrollTo(scrollX, scrollY)
  document.getElementById('banners').replaceChildren(...page.querySelectorAll('#banners > *'))
  announce(document.querySelector('#banners [data-banner-text]')?.textContent.trim())
  document.dispatchEvent(new Event('part:swapped'))
  return true
}

/** The page at an address; nothing if it doesn't come, or another one in its place. */
export const readPage = (url) =>
  fetch(url)
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject()))
    .then((text) => new DOMParser().parseFromString(text, 'text/html'))
    .catch(() => {})

/** Sends a form from here; where the session has ended, the answer is 401, and the form is to be sent natively. */
export const post = (url, body, options) => fetch(url, { method: 'POST', body, headers: { 'x-requested-with': 'fetch' }, ...options })

/** True while the person types, or a dialog or menu has the keyboard. */
export const isBusy = (target) =>
  target.closest('input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable], dialog, [popover]:popover-open') ||
  document.querySelector('dialog[open]')

/** The forms that stay here take the one-time key of the page that came, so that each may be sent again. */
export function renewKeys(page) {
  const key = page.querySelector('[name=once]')?.value
  if (!key) return
  const templates = [...document.querySelectorAll('template')].map(({ content }) => content)
  for (const part of [document, ...templates]) {
    for (const field of part.querySelectorAll('[name=once]')) field.value = key
  }
}
