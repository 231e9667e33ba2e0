// The keyboard focus: the error summary first, menus by arrow keys, menus at their button in older browsers, and never lost.
import { on } from './dom.js'
import { buttonOf } from './menu.js'

document.querySelector('.error-summary')?.focus()

const itemsOf = (menu) => [...menu.querySelectorAll('.menu-item:not(:disabled), .menu-form :is(input:not([type=hidden]), select, button)')]

on('keydown', '.menu', (menu, event) => {
  const { key, target } = event
  if (!['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(key) || target.matches('input:not([type=checkbox]), select, textarea')) return
  const items = itemsOf(menu)
  if (!items.length) return
  event.preventDefault()
  const next = { ArrowDown: items.indexOf(target) + 1, ArrowUp: items.indexOf(target) - 1, Home: 0, End: -1 }[key]
  items.at(next % items.length).focus()
})

// The button of a menu opens it by an arrow too, and by any key its first entry has the keyboard.
on('keydown', 'button[popovertarget][aria-haspopup]', (button, event) => {
  const menu = document.getElementById(button.getAttribute('popovertarget'))
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  event.preventDefault()
  menu.showPopover({ source: button })
  itemsOf(menu).at(event.key === 'ArrowUp' ? -1 : 0)?.focus()
})
on('click', 'button[popovertarget][aria-haspopup]', (button, event) => {
  if (!event.detail) setTimeout(() => itemsOf(document.getElementById(button.getAttribute('popovertarget'))).at(0)?.focus())
})

document.addEventListener('toggle', ({ target, newState }) => {
  if (!(target instanceof Element) || !target.matches('.menu')) return
  const button = buttonOf(target)
  button?.setAttribute('aria-expanded', String(newState === 'open'))
  if (newState === 'closed' && document.activeElement === document.body) button?.focus()
  if (newState !== 'open' || CSS.supports('position-area', 'block-end') || !button) return
  const at = button.getBoundingClientRect()
  const below = at.bottom + target.offsetHeight < innerHeight
  target.style.inset = 'auto'
  target.style.margin = '0'
  target.style.top = `${Math.max(4, below ? at.bottom + 4 : at.top - target.offsetHeight - 4)}px`
  target.style.left = `${Math.max(4, Math.min(at.left, innerWidth - target.offsetWidth - 8))}px`
}, true)

// What had the keyboard, and what had it outside of menus and dialogs.
let last
let outside
document.addEventListener('focusin', ({ target }) => {
  last = target
  if (!target.closest('dialog, .menu')) outside = target
})

const isShown = (element) => element?.isConnected && element.checkVisibility({ visibilityProperty: true })

/** What took the place of an element when its part of the page came again: of that id, a link to the same place, the tick of the same row. */
function twinOf(element) {
  const has = (name) => `[${name}="${CSS.escape(element.getAttribute(name))}"]`
  if (element?.id) return document.getElementById(element.id)
  if (element?.matches('a[href]')) return document.querySelector(`a${has('href')}${element.dataset.menu ? '[data-menu]' : ''}`)
  if (element?.matches('input[value]')) return document.querySelector(`input${has('name')}${has('value')}`)
}

/** What had the keyboard is gone: what took its place has it now, else what led to it, else the page. */
function regain() {
  if (!last || document.activeElement !== document.body || isShown(last)) return
  const twins = [last, outside].map(twinOf)
  const next = [twins[0], outside, twins[1]].find(isShown) ?? document.getElementById('main')
  next?.focus({ preventScroll: true })
}
new MutationObserver(regain).observe(document.body, { childList: true, subtree: true })
for (const type of ['close', 'toggle']) document.addEventListener(type, () => setTimeout(regain), true)
