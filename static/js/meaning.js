// Shows the meaning of the chosen status beside a choice; without JavaScript the meanings of all are shown.
import { on } from './dom.js'

on('change', 'select[data-meanings]', (select) => {
  const all = document.getElementById(select.dataset.meanings)
  const chosen = all.querySelector(`[data-meaning="${CSS.escape(select.value)}"]`)
  const shown = document.getElementById(`${all.id}-chosen`)
  shown.replaceChildren(...(chosen ? chosen.cloneNode(true).childNodes : []))
})
