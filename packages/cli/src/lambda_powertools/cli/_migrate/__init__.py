"""What is known of code that imports `aws_lambda_powertools`."""
