"""The person's list of products: own and competitors', each with other names and indications."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from medvoice.domain.finding import Product
from medvoice.ui.pages.settings.tick import TickBox
from medvoice.ui.theme import Theme
from medvoice.ui.widgets.base import ProblemLabel
from medvoice.ui.widgets.button import Button, IconButton


class ProductRow(QWidget):
    """One product. `edited` when a field was left, `removed` by its button."""

    edited = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, product: Product) -> None:
        super().__init__()
        self.product = product
        self.name = self._line(product.name, self.tr("Name"), "product_name")
        self.aliases = self._line(", ".join(product.aliases), self.tr("Other names"), "product_aliases")
        self.indications = self._line(
            ", ".join(product.indications), self.tr("Indications, optional"), "product_indications"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.name, 3)
        row.addWidget(self.aliases, 3)
        row.addWidget(self.indications, 4)
        self.investigational = TickBox(theme, self.tr("Not approved yet"))
        self.investigational.setObjectName("product_investigational")
        self.investigational.setChecked(product.is_investigational)
        self.investigational.toggled.connect(self._edited)
        row.addWidget(self.investigational)
        self.investigational.setHidden(product.relation != "own")  # shown before it has a parent: a window
        remove = IconButton(theme, "trash-2", self.tr("Remove {name}").format(name=product.name or "…"))
        remove.setObjectName("product_remove")
        remove.clicked.connect(self.removed)
        row.addWidget(remove)

    def _line(self, text: str, words: str, name: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setPlaceholderText(words)
        line.setAccessibleName(words)
        line.setObjectName(name)
        line.editingFinished.connect(self._edited)
        return line

    def value(self) -> Product:
        """The product as written; its name may be empty."""
        return replace(
            self.product,
            name=self.name.text().strip(),
            aliases=split_commas(self.aliases.text()),
            indications=split_commas(self.indications.text()),
            is_investigational=self.investigational.isChecked(),
        )

    @property
    def is_blank(self) -> bool:
        """Nothing was written: such a row is not saved and no mistake."""
        made = self.value()
        return not (made.name or made.aliases or made.indications)

    def _edited(self) -> None:
        self.edited.emit()


class ProductList(QWidget):
    """All products of one relation. `edited` asks the page to save `value()`; `removed(name)` before it when
    a written one was taken out."""

    edited = Signal()
    removed = Signal(str)

    def __init__(self, theme: Theme, relation: str, add_words: str) -> None:
        super().__init__()
        self.theme = theme
        self.relation = relation
        self.setObjectName(f"products_{relation}")
        self.rows: list[ProductRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.holder = QVBoxLayout()
        self.holder.setSpacing(theme.px(8))
        column.addLayout(self.holder)
        self.problem = ProblemLabel(theme)
        self.problem.setObjectName(f"problem_products_{relation}")
        self.problem.hide()
        column.addWidget(self.problem)
        add = Button(theme, add_words, icon="plus", size="small")
        add.setObjectName(f"add_product_{relation}")
        add.clicked.connect(self._add)
        column.addWidget(add)

    def value(self) -> tuple[Product, ...]:
        """What is written, blank rows left out."""
        return tuple(row.value() for row in self.rows if not row.is_blank)

    def show_value(self, products: tuple[Product, ...]) -> None:
        """Show the stored products of this relation, unless they are what is written already."""
        mine = tuple(product for product in products if product.relation == self.relation)
        if mine == self.value():
            return
        for row in self.rows:
            row.deleteLater()
        self.rows = []
        for product in mine:
            self._put(product)

    def show_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _put(self, product: Product) -> ProductRow:
        row = ProductRow(self.theme, product)
        row.edited.connect(self.edited)
        row.removed.connect(self._remove)
        self.rows.append(row)
        self.holder.addWidget(row)
        return row

    def _add(self) -> None:
        relation = "own" if self.relation == "own" else "competitor"
        self._put(Product("", relation)).name.setFocus()

    def _remove(self) -> None:
        row = self.sender()
        if isinstance(row, ProductRow):
            self.rows.remove(row)
            row.hide()
            row.deleteLater()
            if not row.is_blank:
                self.removed.emit(row.value().name)
            self.edited.emit()


def split_commas(text: str) -> tuple[str, ...]:
    """ "a, b" as ("a", "b"), without empty pieces."""
    return tuple(piece.strip() for piece in text.split(",") if piece.strip())


def grid(theme: Theme, columns: int = 2) -> QGridLayout:
    """A grid of fields with equal columns."""
    made = QGridLayout()
    made.setHorizontalSpacing(theme.px(16))
    made.setVerticalSpacing(theme.px(12))
    for at in range(columns):
        made.setColumnStretch(at, 1)
    return made
