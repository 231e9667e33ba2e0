// Forms: unsaved changes are guarded, and nothing is sent twice.
import { on } from './dom.js'

const typed = (form) => new URLSearchParams([...new FormData(form)].filter(([name, value]) => name !== 'once' && typeof value === 'string')).toString()
const clean = new Map()

function warn(event) {
  event.preventDefault()
}

/** True if leaving would lose what was typed or chosen in a form. */
export const differs = (form) => clean.has(form) && form.isConnected && typed(form) !== clean.get(form)

function watch() {
  ;([...clean.keys()].some(differs) ? addEventListener : removeEventListener)('beforeunload', warn)
}

/** Guards the forms that are here now. */
function arm() {
  for (const form of clean.keys()) if (!form.isConnected) clean.delete(form)
  for (const form of document.querySelectorAll('form[data-guard]')) {
    // A page that came back with errors holds what was typed, and that is not saved yet.
    if (!clean.has(form)) clean.set(form, form.dataset.guard === 'dirty' ? null : typed(form))
  }
  watch()
}
document.addEventListener('part:swapped', arm)
arm()

/** Guards a form no longer: it is sent. What was typed in another form of the page would still be lost. */
export function release(form) {
  clean.delete(form)
  watch()
}

on('input', 'form[data-guard]', watch)
on('change', 'form[data-guard]', watch)
on('reset', 'form[data-guard]', () => setTimeout(watch))

const sent = new WeakSet()
on('submit', 'form', (form, event) => {
  if (event.defaultPrevented || form.method !== 'post') return
  if (sent.has(form)) return event.preventDefault()
  release(form)
  sent.add(form)
  event.submitter?.setAttribute('aria-busy', 'true')
  // A download leaves the page where it is; so does a connection that fails.
  setTimeout(() => unlock(form), event.submitter?.hasAttribute('data-download') ? 1000 : 8000)
})

function unlock(form) {
  sent.delete(form)
  form.querySelectorAll('[aria-busy]').forEach((button) => button.removeAttribute('aria-busy'))
}
addEventListener('pageshow', ({ persisted }) => persisted && document.querySelectorAll('form').forEach(unlock))
