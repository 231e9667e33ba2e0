// Shows the meaning of the chosen status beside a choice; without JavaScript the meanings of all are shown.
import { on } from './dom.js'

// A step of the way is chosen in the form of the page, where what was typed stays.
on('click', '.path a', (link, event) => {
  const select = document.getElementById('f-status')
  if (!select || event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  select.value = new URL(link.href).searchParams.get('to')
  select.dispatchEvent(new Event('change', { bubbles: true }))
  select.focus()
})

on('change', 'select[data-meanings]', (select) => {
  const all = document.getElementById(select.dataset.meanings)
  const chosen = all.querySelector(`[data-meaning="${CSS.escape(select.value)}"]`)
  const shown = document.getElementById(`${all.id}-chosen`)
  shown.replaceChildren(...(chosen ? chosen.cloneNode(true).childNodes : []))
})
