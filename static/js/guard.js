// Forms: unsaved changes are guarded, and nothing is sent twice.
import { on } from './dom.js'

const typed = (form) => new URLSearchParams([...new FormData(form)].filter(([name, value]) => name !== 'once' && typeof value === 'string')).toString()
const clean = new Map()

function warn(event) {
  event.preventDefault()
}

function watch() {
  const differs = [...clean].some(([form, before]) => form.isConnected && typed(form) !== before)
  ;(differs ? addEventListener : removeEventListener)('beforeunload', warn)
}

for (const form of document.querySelectorAll('form[data-guard]')) {
  // A page that came back with errors holds what was typed, and that is not saved yet.
  clean.set(form, form.dataset.guard === 'dirty' ? null : typed(form))
  if (form.dataset.guard === 'dirty') watch()
}
on('input', 'form[data-guard]', watch)
on('change', 'form[data-guard]', watch)
on('reset', 'form[data-guard]', () => setTimeout(watch))

const sent = new WeakSet()
on('submit', 'form', (form, event) => {
  if (event.defaultPrevented || form.method !== 'post') return
  if (sent.has(form)) return event.preventDefault()
  clean.delete(form)
  // What was typed in another form of the page would still be lost.
  watch()
  sent.add(form)
  event.submitter?.setAttribute('aria-busy', 'true')
  // A download leaves the page where it is; so does a connection that fails.
  setTimeout(() => release(form), event.submitter?.hasAttribute('data-download') ? 1000 : 8000)
})

function release(form) {
  sent.delete(form)
  form.querySelectorAll('[aria-busy]').forEach((button) => button.removeAttribute('aria-busy'))
}
addEventListener('pageshow', ({ persisted }) => persisted && document.querySelectorAll('form').forEach(release))
