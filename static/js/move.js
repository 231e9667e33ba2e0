// Reordering: the buttons of a row's menu, and the grip, post the same form; the list is swapped in place.
import { on, swapList } from './dom.js'
import { fetchPage, sendNatively } from './dialog.js'
import { linkOf, menuOf, openMenu } from './menu.js'

async function post(form, submitter) {
  const found = await fetchPage(form, submitter).catch(() => {})
  if (!swapList(found?.page)) sendNatively(form, submitter)
}

/** Finds the row again in the new list, opens its menu, and goes to the same control. */
function refocus(path, value) {
  const link = [...document.querySelectorAll('a[data-menu]')].find(({ pathname }) => pathname === path)
  const menu = link && openMenu(link)
  const control = menu?.querySelector(`button[value="${value}"]:not(:disabled)`) ?? menu?.querySelector('button:not(:disabled)')
  ;(control ?? document.querySelector('[data-search]'))?.focus()
}

on('submit', 'form[data-move]', async (form, event) => {
  event.preventDefault()
  const { submitter } = event
  const path = linkOf(form.closest('[popover]')).pathname
  await post(form, submitter)
  refocus(path, submitter?.value)
})

/** The place after the drop, as the move form understands it. */
async function drop(row, position) {
  const form = menuOf(row.querySelector('a[data-menu]')).querySelector('form[data-move]')
  const grip = row.querySelector('[data-grip]')?.id
  for (const [name, value] of [['to', 'position'], ['position', position]]) {
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
  }
  await post(form)
  document.getElementById(grip)?.focus({ preventScroll: true })
}

// Dragging is loaded only where something can be reordered: after the page, and before a pointer takes a grip.
async function arm() {
  const body = document.querySelector('[data-reorder]')
  if (!body || body.dataset.armed) return
  body.dataset.armed = 'soon'
  const { drag } = await import('./sortable.js')
  drag(body, drop)
  body.dataset.armed = 'yes'
}
on('pointerover', '[data-reorder]', arm)
document.addEventListener('part:swapped', arm)
document.addEventListener('htmx:afterSettle', arm)
addEventListener('load', () => setTimeout(arm))
