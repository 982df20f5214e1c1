"""Everything the page knows of the four islands; runs without Streamlit."""
