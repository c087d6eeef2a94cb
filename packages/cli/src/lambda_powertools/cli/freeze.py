import click


@click.command()
def freeze():
    pass
