// One key, where nothing else has the keyboard: / c j k x Enter e n m ?, and Ctrl+S in forms.
import { isBusy } from './dom.js'
import { menuOf } from './menu.js'

const links = () => [...document.querySelectorAll('[data-row-link], .lead-link')]
const row = () => document.activeElement?.closest('tr, [data-row]')

function step(by) {
  const all = links()
  const here = all.findIndex((link) => link.closest('tr, [data-row]') === row())
  const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1)]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

/** The link to edit what has the keyboard: in its row, in the menu of its row, or on its page. */
function edit() {
  const link = row()?.querySelector('a[data-menu]')
  const inRow = row()?.querySelector('[data-edit]') ?? (link && menuOf(link).querySelector('[data-edit]'))
  return inRow ?? document.querySelector('.page-actions [data-edit]')
}

const keys = {
  '/': () => {
    const box = document.querySelector('[data-search]')
    box?.focus()
    box?.select()
    return box
  },
  c: () => document.querySelector('[data-create]')?.click(),
  j: () => step(1),
  k: () => step(-1),
  x: () => row()?.querySelector('.check [name=ids]')?.click(),
  e: () => edit()?.click(),
  n: () => document.querySelector('.composer textarea')?.focus(),
  m: () => document.querySelector('.composer select')?.focus(),
  '?': () => document.getElementById('shortcuts')?.showModal(),
}

if (document.body.dataset.shortcuts !== 'off') {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return
    if ((event.ctrlKey || event.metaKey) && event.key === 's') {
      const forms = document.querySelectorAll('form[data-guard]')
      const form = document.activeElement?.closest('form[data-guard]') ?? (forms.length === 1 ? forms[0] : null)
      if (!form || document.querySelector('dialog[open]')) return
      event.preventDefault()
      return form.requestSubmit(form.querySelector('[type=submit]'))
    }
    const act = !event.ctrlKey && !event.metaKey && !isBusy(event.target) && Object.hasOwn(keys, event.key) && keys[event.key]
    if (!act) return
    act()
    event.preventDefault()
  })
}
