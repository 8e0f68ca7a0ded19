"""``scripts/bench build`` and ``scripts/bench check``."""

import typer

from explainer.bench.build import bench_build
from explainer.bench.check import bench_check

app = typer.Typer(help="What things cost, as times and ratios. Nothing is asserted.", no_args_is_help=True)
app.command("build")(bench_build)
app.command("check")(bench_check)
app()
