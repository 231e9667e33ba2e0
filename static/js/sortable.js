// Dragging: rows by their grip, cards between the columns of the board.
import Sortable, { AutoScroll } from 'sortablejs/modular/sortable.core.esm.js'

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Makes the rows of `body` draggable; `drop` hears of the row and its new position, from 1. */
export function drag(body, drop) {
  const first = Number(body.dataset.reorder || 1)
  Sortable.create(body, {
    handle: '[data-grip]',
    animation: calm() ? 0 : 120,
    ghostClass: 'row-ghost',
    chosenClass: 'row-drag',
    onEnd({ item, oldIndex, newIndex }) {
      if (oldIndex !== newIndex) drop(item, first + newIndex)
    },
  })
}

let scrolls = false

/**
 * Makes the cards of a board draggable from one column to another, by mouse at once and by touch after a moment.
 * `show` hears over which column a card is; `drop` of the card, its new list (none if it stays), and how to put it back.
 */
export function dragBetween(board, { show, drop }) {
  if (!scrolls) Sortable.mount(new AutoScroll())
  scrolls = true
  for (const list of board.querySelectorAll('[data-cards]')) {
    Sortable.create(list, {
      group: 'board',
      draggable: '[data-card]',
      filter: '[data-card][aria-busy], .menu, a[data-menu]',
      preventOnFilter: false,
      // The order of a column is by age: it can't be arranged.
      sort: false,
      animation: calm() ? 0 : 120,
      delay: 200,
      delayOnTouchOnly: true,
      touchStartThreshold: 6,
      // Mouse and touch alike, with a card under the pointer that is ours to draw.
      forceFallback: true,
      fallbackOnBody: true,
      fallbackTolerance: 4,
      fallbackClass: 'board-drag',
      ghostClass: 'board-ghost',
      // The column under the pointer scrolls, and at the sides the board; a finger hides what comes, so it comes slower.
      scroll: true,
      scrollSensitivity: 60,
      scrollSpeed: matchMedia('(pointer: coarse)').matches ? 4 : 9,
      bubbleScroll: true,
      onStart: () => board.classList.add('dragging'),
      onMove: ({ to }) => show(to.closest('.board-column')),
      onEnd({ item, from, to, oldIndex }) {
        board.classList.remove('dragging')
        const after = from.children[oldIndex]
        drop(item, to === from ? null : to, () => from.insertBefore(item, after ?? null))
      },
    })
  }
}
