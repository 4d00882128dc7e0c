"""The measure of start-up: a bare Textual app with four filled tables, as anyone would write it."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import Grid
from textual.widgets import DataTable, Footer, Header

ROWS = 14


class BareApp(App[None]):
    """Header, four tables of four columns, footer."""

    CSS = "Grid { grid-size: 2 2; } DataTable { height: 1fr; }"
    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Header()
        with Grid():
            for number in range(4):
                yield DataTable(id=f"table-{number}", cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        for number, table in enumerate(self.query(DataTable)):
            table.add_columns("时间", "事项", "下一步", "在谁手上")
            for row in range(ROWS):
                table.add_row(
                    f"{8 + row}:00", f"第{number}簿 第{row}件 低温雨雪防范", "待批示", "李梅"
                )


if __name__ == "__main__":
    BareApp().run()
