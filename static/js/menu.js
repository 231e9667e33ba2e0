// One menu for all rows of a list. A row has a plain link to the page with its actions; here it is a button that opens
// the menu beside it, made from the template of the list and filled for the row.
import { on } from './dom.js'

const ATTRIBUTES = { A: 'href', FORM: 'action', BUTTON: 'formaction' }
let shown
let wasOpen

/** The menu for the row of a link, not yet in the page. */
export function menuOf(link) {
  const menu = document.importNode(document.getElementById(link.dataset.menu).content.firstElementChild, true)
  const acts = link.dataset.acts?.split(' ')
  for (const part of menu.querySelectorAll('[data-act]')) if (acts && !acts.includes(part.dataset.act)) part.remove()
  for (const part of menu.querySelectorAll('[data-path]')) {
    const query = part.tagName === 'A' ? menu.dataset.query : ''
    part.setAttribute(ATTRIBUTES[part.tagName], link.pathname + part.dataset.path + query)
  }
  for (const part of menu.querySelectorAll('[data-id]')) part.value = link.pathname.split('/').pop()
  const card = link.closest('[data-card]')
  if (card) leaveOut(menu, card.dataset.card)
  const rows = link.closest('[data-reorder]')
  if (rows) place(menu, rows, Number(rows.dataset.reorder) + [...rows.rows].indexOf(link.closest('tr')))
  return menu
}

/** A card does not move to the status where it is. */
function leaveOut(menu, status) {
  menu.querySelector('[name=from]').value = status
  menu.querySelector(`[name=status][value="${status}"]`)?.parentElement.remove()
}

/** The row has this position: the first doesn't move up, and the last not down. */
function place(menu, rows, position) {
  menu.querySelector('[name=position]').value = position
  const ends = { up: 1, top: 1, down: Number(rows.dataset.last), bottom: Number(rows.dataset.last) }
  for (const button of menu.querySelectorAll('[name=to]')) button.disabled = ends[button.value] === position
}

/** The link whose menu this is. */
export const linkOf = (menu) => menu.previousElementSibling

/** What opens a menu: the link of its row, or the button that names it. */
export const buttonOf = (menu) => (menu.id ? document.querySelector(`[popovertarget="${menu.id}"]`) : linkOf(menu))

const isOpen = (link) => Boolean(shown?.matches(':popover-open') && linkOf(shown) === link)

/** Opens the menu of a link and answers it. */
export function openMenu(link, withKeyboard) {
  shown?.remove()
  shown = menuOf(link)
  link.after(shown)
  shown.showPopover({ source: link })
  if (withKeyboard) shown.querySelector('.menu-item:not(:disabled)')?.focus()
  return shown
}

// The press that ends in a click on the link has closed its menu before.
on('pointerdown', 'a[data-menu]', (link) => (wasOpen = isOpen(link)), true)
on('click', 'a[data-menu]', (link, event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return
  event.preventDefault()
  const closes = isOpen(link)
  if (closes) shown.hidePopover()
  else if (!wasOpen || !event.detail) openMenu(link, !event.detail)
  wasOpen = false
})
on('keydown', 'a[data-menu]', (link, event) => {
  if (event.key !== ' ' && event.key !== 'ArrowDown') return
  event.preventDefault()
  openMenu(link, true)
})

function arm() {
  for (const link of document.querySelectorAll('a[data-menu]:not([role])')) {
    Object.assign(link, { role: 'button', ariaHasPopup: 'true', ariaExpanded: 'false' })
  }
}
document.addEventListener('part:swapped', arm)
document.addEventListener('htmx:afterSettle', arm)
arm()
