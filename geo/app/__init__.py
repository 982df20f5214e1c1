"""What Streamlit draws: the controls and the frames around the prepared texts."""
