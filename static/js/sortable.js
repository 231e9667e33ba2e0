// Dragging rows by their grip.
import Sortable from 'sortablejs/modular/sortable.core.esm.js'

/** Makes the rows of `body` draggable; `drop` hears of the row and its new position, from 1. */
export function drag(body, drop) {
  const first = Number(body.dataset.reorder || 1)
  Sortable.create(body, {
    handle: '[data-grip]',
    animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120,
    ghostClass: 'row-ghost',
    chosenClass: 'row-drag',
    onEnd({ item, oldIndex, newIndex }) {
      if (oldIndex !== newIndex) drop(item, first + newIndex)
    },
  })
}
